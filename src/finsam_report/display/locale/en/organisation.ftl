# Words of the report in English. Numbers arrive formatted; a plural is chosen by a plain count.

## Organisation: what all its pieces share
organisation-no-figure = no figure
organisation-unknown = Not known
organisation-all-parties = All parties
organisation-half-year = { $year }, { $half ->
    [1] January–June
   *[2] July–December
}
organisation-half-inside = { $half ->
    [1] January–June
   *[2] July–December
} { $year }
organisation-amount = SEK { $number }{ $millions ->
    [1] { " " }million
   *[0] { "" }
}
organisation-work-or-study = Work or studies
organisation-share-item = { $name } { $share }
organisation-move = { $name } { $share }
organisation-in-year = { $number } ({ $year })
organisation-in-a-year = { $number } in { $year }
organisation-source-state = The state
organisation-source-region = The regions
organisation-source-municipality-funds = The municipalities
organisation-source-esf = European Social Fund
organisation-source-other = Others
organisation-source-total = Total
organisation-source-saved = Saved from earlier years
organisation-respondent-participant = Participants
organisation-respondent-staff = Staff
organisation-respondent-board = Boards
organisation-respondent-manager = Managers
organisation-respondent-all = Everybody

## Organisation: heads of tables
organisation-head-year = Year
organisation-head-half-year = Half-year
organisation-head-associations = Associations
organisation-head-formed = Formed in the year
organisation-head-ended = Ended in the year
organisation-head-municipalities = Member municipalities
organisation-head-members-mean = Members per association
organisation-head-size = { $size } { $one ->
    [1] member
   *[0] members
}
organisation-head-single-county = In one county
organisation-head-several-counties = In several counties
organisation-head-nominal = State funds, SEK million
organisation-head-nominal-real = In prices of { $year }
organisation-head-per-member = Per member municipality, SEK thousand
organisation-head-per-member-real = In prices of { $year }
organisation-head-per-inhabitant = Per inhabitant, SEK
organisation-head-per-inhabitant-real = In prices of { $year }
organisation-head-individual-going = For individuals, under way
organisation-head-individual-begun = For individuals, begun
organisation-head-structural-going = Structural, under way
organisation-head-structural-begun = Structural, begun
organisation-head-participants = Participants
organisation-head-what = What is counted
organisation-head-efforts = Efforts under way, { $year }
organisation-head-share = Share, per cent
organisation-head-per-effort-thousand = Cost per effort, SEK thousand
organisation-head-per-participant-thousand = Cost per participant, SEK thousand
organisation-head-per-effort = Per effort, SEK thousand
organisation-head-per-effort-real = Per effort in prices of { $year }
organisation-head-per-participant = Per participant, SEK thousand
organisation-head-per-participant-real = Per participant in prices of { $year }
organisation-head-per-ended = Per person who ended, SEK thousand
organisation-head-per-ended-real = Per person who ended in prices of { $year }
organisation-head-coverage = Per cent of the target group
organisation-head-in-table = Participants followed up
organisation-head-identified = With personal data
organisation-head-identified-share = Share, per cent
organisation-head-year-share = { $year }, per cent
organisation-head-people = People, { $year }
organisation-head-status = Status
organisation-head-before = Before, per cent
organisation-head-after = After, per cent
organisation-head-difference = Difference, points
organisation-head-difference-of = Difference, { $who }
organisation-head-work-before = Before, per cent
organisation-head-work-after = After, per cent
organisation-head-work-published = Published, after, per cent
organisation-head-livelihood-before = Lived on before
organisation-head-ended-people = People who ended
organisation-head-stay = The same after, per cent
organisation-head-others = Most common others after, per cent
organisation-head-party = Party
organisation-head-posts = Posts, { $year }
organisation-head-vacant = Vacant, { $year }
organisation-head-share-vacant = Vacant { $year }, per cent
organisation-head-teams-without = Teams without anybody, { $year }
organisation-head-indicator = Indicator
organisation-head-mean-first = First mean
organisation-head-mean-last = Last mean
organisation-head-top = Two best answers, per cent
organisation-head-answers = Answers
organisation-head-association = Association
organisation-head-county = County
organisation-head-letters = Letters
organisation-head-members-in = Members, { $year }
organisation-head-of = Of municipalities, { $year }
organisation-head-figure = Figure
organisation-by-funds-total = Funds, SEK million
organisation-by-participants-all = Participants
organisation-by-efforts-individual = Efforts for individuals
organisation-by-efforts-structural = Structural efforts
organisation-by-cost-per-participant = Cost per participant, SEK thousand
organisation-by-change-work-or-study = Work or studies after, per cent
organisation-by-registered-share = With personal data, per cent
organisation-group-kind = Kind of effort
organisation-group-target = Target group
organisation-group-party = Party that answers for it
organisation-group-sex = Sex
organisation-group-age = Age
organisation-group-education = Education
organisation-group-livelihood = Lived on
organisation-group-occupation = Occupation
organisation-group-work = Together
organisation-row-share = Share { $year }, per cent

## Organisation: notes of tables
organisation-note-missing = “{ $mark }”: there is no figure for the year; nothing is put in its place.
organisation-note-break = { $mark } Break in the series, from { $year } on: { $label }
organisation-note-years = Associations and municipalities at the end of each year.
organisation-note-sizes = Associations at the end of each year, by how many municipalities belong to them.
organisation-note-funds = The state’s funds to the associations. { $real ->
    [1] Amounts in the prices of { $year } are turned into them by the consumer price index; the others are in the money of each year.
   *[0] Amounts are in the money of each year: the study has no price index.
}
organisation-note-financing = SEK million in the money of each year.{ $saved ->
    [1] { " " }What is saved from earlier years is counted at the beginning of the year, and is no part of the total.
   *[0] { "" }
}
organisation-note-efforts = An effort is under way in every year that it touches, so the same effort is counted in several years. Participants are those that the associations report for the year.
organisation-note-kinds = Efforts under way in { $year }, of both types. An effort that several parties answer for is counted with each.{ $costs ->
    [0] { "" }
   *[other] { " " }Costs are spread over the days of an effort, and are in the money of the year.
}
organisation-note-costs = The cost of an effort is spread evenly over its days; a year bears the part that falls in it. { $real ->
    [1] Amounts in the prices of { $year } are turned into them by the consumer price index; the others are in the money of each year.
   *[0] Amounts are in the money of each year.
}
organisation-note-coverage = Participants of the year over the highest and over the lowest estimate of how many belong to the target group.
organisation-note-identified = Participants in the follow-up of efforts, by the year in which they began.
organisation-note-referrals = People whom each party referred{ $survey ->
    [1] { " " }to the teams of the survey experiment
   *[0] { "" }
}. A half-year begins in January or July.
organisation-note-halves = The table tells only of a part of: { $items }.
organisation-note-reported = Known of only some of the associations, so that the sum is too small and is not compared with other years: { $items }.
organisation-reported = { $what } { $year } ({ $count } of { $of })
organisation-column-municipalities = municipalities
organisation-column-population = inhabitants
organisation-column-participants = participants
organisation-column-state = state funds
organisation-column-region = regions’ funds
organisation-column-municipality-funds = municipalities’ funds
organisation-column-esf = Social Fund
organisation-column-other = other funds
organisation-column-total = total funds
organisation-column-saved = saved funds
organisation-note-participants = Participants in the follow-up of efforts, by the year in which they began; those of whom a characteristic is not known are left out of its shares.
organisation-note-change = { $known ->
    [1] { $people } people who ended and whose status is known before and after, all years together.
   *[0] People who ended and whose status is known before and after, all years together.
} Differences are in percentage points.{ $sexes ->
    [0] { "" }
   *[other] { " " }The last columns are the difference for each sex.
}
organisation-note-work = By the year in which people ended. The published figures are those of the national follow-up.
organisation-note-transitions = People who ended, all years together. Of those who lived on something before: the share with the same after, and the two most common others.
organisation-note-teams = Posts are full-time equivalents. A team without anybody has no filled post of the party.
organisation-note-indicators = Means on the scale of the indicator, with the year in parentheses; the two best answers and the number of answers are those of the last year.
organisation-note-associations = The last year of each figure. Costs are in the money of the year. Work or studies after the effort is of all years together.
organisation-note-members = { $share ->
    [1] Share of the county’s municipalities that belong to an association at the end of the year.
   *[0] Municipalities by the county of their association.
}
organisation-note-sources = Sources: { $items }.
organisation-note-derived = * Worked out from other published figures.{ $some ->
    [0] { "" }
   *[other] { " " }{ $items }
}

## Organisation: published figures
organisation-published-source = { $title } ({ $date })
organisation-published = { $precision ->
    [about] about { $number }
    [over] more than { $number }
   *[exact] { $number }
}
organisation-published-cell = { $figure }{ $derived ->
    [1] *
   *[0] { "" }
} { $source }
organisation-published-worked = { $what }, { $year }: { $how }
organisation-published-associations = Associations
organisation-published-municipalities = Municipalities
organisation-published-state = State funds, SEK million
organisation-published-participants = Participants
organisation-published-efforts-individual = Efforts for individuals
organisation-published-efforts-structural = Structural efforts
organisation-published-efforts-individual-other = Efforts for individuals, counted otherwise
organisation-published-first = The first associations were formed in { $formed }, and there have been fewer of them since { $peak }, as ISF puts it.
organisation-published-cost = Spread over the participants of { $year }, the turnover is { $amount } each. It is an upper bound: the same money pays the structural efforts.
organisation-caveat-efforts = **Two ways of counting efforts.** For { $one_year } there are { $one } efforts for individuals, for { $other_year } there are { $other }. The two cannot have been counted alike, and no line may be drawn from the one to the other.
organisation-caveat-structural = **Structural efforts.** ISF writes that they have become more year by year. Another account says that they { $way ->
    [fall] fell
   *[rise] rose
} by { $by } in { $year }. What each of them counted is not said. Both statements are given here, and neither is chosen.
organisation-caveat-funds = **The sum of the money.** ISF puts the yearly turnover at { $turnover }, while the parties’ funds are given as { $total } for { $year }. The sources do not say what the difference is.
organisation-caveat-associations = **From end to end, not every year.** The number of associations { $way } from { $start } ({ $first }) to { $end } ({ $last }), but went the other way between { $step } and { $then }, from { $before } to { $after }.

## Organisation: courses of series, as sentences
organisation-course = { $shape ->
    [single] { $name } was { $end } { $when ->
        [end] at the end of { $last }
       *[in] in { $last }
    }.
    [rise] { $name } rose from { $start } { $when ->
        [end] at the end of { $first }
       *[in] in { $first }
    } to { $end } { $when ->
        [end] at the end of { $last }
       *[in] in { $last }
    }{ $steady ->
        [1] { "" }
       *[0] { $years ->
            [known] , though not from each known year to the next
           *[every] , though not in every year
        }
    }.
    [fall] { $name } fell from { $start } { $when ->
        [end] at the end of { $first }
       *[in] in { $first }
    } to { $end } { $when ->
        [end] at the end of { $last }
       *[in] in { $last }
    }{ $steady ->
        [1] { "" }
       *[0] { $years ->
            [known] , though not from each known year to the next
           *[every] , though not in every year
        }
    }.
    [peaked] { $name } rose from { $start } { $when ->
        [end] at the end of { $first }
       *[in] in { $first }
    } to { $at_turn } in { $turn }, and has since fallen to { $end } ({ $last }){ $steady ->
        [1] { "" }
       *[0] { $years ->
            [known] , though not from each known year to the next
           *[every] , though not in every year
        }
    }.
    [dipped] { $name } fell from { $start } { $when ->
        [end] at the end of { $first }
       *[in] in { $first }
    } to { $at_turn } in { $turn }, and has since risen to { $end } ({ $last }){ $steady ->
        [1] { "" }
       *[0] { $years ->
            [known] , though not from each known year to the next
           *[every] , though not in every year
        }
    }.
    [back] { $name } was about the same in { $last } as in { $first }: { $end } against { $start }. In between it was { $low } at the least and { $high } at the most.
   *[same] { $equal ->
        [1] { $name } was { $end } in { $last }, the same as in { $first }.
       *[0] { $name } was about the same in { $last } as in { $first }: { $end } against { $start }.
    }
}{ $is_broken ->
    [1] { " " }Years before { $broken } were counted otherwise, and are not compared with these.
   *[0] { "" }
}
organisation-name-municipalities = The number of member municipalities
organisation-name-associations = The number of associations
organisation-name-mean = The average number of municipalities in an association
organisation-name-state = The state’s contribution in the money of each year
organisation-name-esf = The money from the European Social Fund
organisation-name-participants = The number of participants
organisation-name-individual = The number of efforts for individuals under way
organisation-name-structural = The number of structural efforts under way
organisation-name-referred = The number of people referred by the state’s agencies ({ $parties })
organisation-name-vacant = The share of the posts of the state’s agencies in teams that is vacant
organisation-name-identified = The share of the participants followed up who are registered with personal data
organisation-name-work = The share in work or studies directly after the effort
organisation-name-per-effort = The cost of an effort in a year{ $real ->
    [1] , in prices of { $year },
   *[0] { "" }
}
organisation-name-per-participant = The cost of a participant{ $real ->
    [1] , in prices of { $year },
   *[0] { "" }
}

## Organisation: the four changes
organisation-lead-unions = { $one ->
    [rise] More municipalities
    [fall] Fewer municipalities
    [peaked] More municipalities than in { $one_first }, but fewer since { $one_since }
    [dipped] Fewer municipalities than in { $one_first }, but more since { $one_since }
    [same] As many municipalities
    [back] As many municipalities
   *[single] Municipalities
}; { $two ->
    [rise] more associations
    [fall] fewer associations
    [peaked] more associations than in { $two_first }, but fewer since { $two_since }
    [dipped] fewer associations than in { $two_first }, but more since { $two_since }
    [same] as many associations
    [back] as many associations
   *[single] associations
}.
organisation-lead-money = { $one ->
    [rise] More money from the state
    [fall] Less money from the state
    [peaked] More money from the state than in { $one_first }, but less since { $one_since }
    [dipped] Less money from the state than in { $one_first }, but more since { $one_since }
    [same] As much money from the state
    [back] As much money from the state
   *[single] Money from the state
}{ $turned ->
    [0] { "" }
   *[1] { " " }since { $since }
}{ $real ->
    [rise] , worth more
    [fall] , worth less
    [same] , worth as much
   *[unknown] { "" }
}{ $member ->
    [rise] ; more for each member
    [fall] ; less for each member
    [same] ; as much for each member
   *[unknown] { "" }
}.
organisation-lead-work = { $one ->
    [rise] More participants
    [fall] Fewer participants
    [peaked] More participants than in { $one_first }, but fewer since { $one_since }
    [dipped] Fewer participants than in { $one_first }, but more since { $one_since }
    [same] As many participants
    [back] As many participants
   *[single] Participants
}; { $two ->
    [rise] more structural efforts
    [fall] fewer structural efforts
    [peaked] more structural efforts than in { $two_first }, but fewer since { $two_since }
    [dipped] fewer structural efforts than in { $two_first }, but more since { $two_since }
    [same] as many structural efforts
    [back] as many structural efforts
   *[single] structural efforts
}.
organisation-lead-state = { $one ->
    [rise] The state’s agencies refer more people
    [fall] The state’s agencies refer fewer people
    [peaked] The state’s agencies refer more people than in { $one_first }, but fewer since { $one_since }
    [dipped] The state’s agencies refer fewer people than in { $one_first }, but more since { $one_since }
    [same] The state’s agencies refer as many people
    [back] The state’s agencies refer as many people
   *[single] The state’s agencies
}{ $two ->
    [rise] ; more of their posts are vacant
    [fall] ; fewer of their posts are vacant
    [peaked] ; more of their posts are vacant than in { $two_first }, but fewer since { $two_since }
    [dipped] ; fewer of their posts are vacant than in { $two_first }, but more since { $two_since }
    [same] ; as many of their posts are vacant
    [back] ; as many of their posts are vacant
   *[single] { "" }
}.
organisation-flat = Since { $since } it has stood at { $amount }.
organisation-real = In prices of { $year } it was { $way ->
    [rise] { $by } more in { $last } than in { $since }
    [fall] { $by } less in { $last } than in { $since }
   *[same] about the same in { $last } as in { $since }
}.
organisation-per-member = For each member municipality{ $real ->
    [1] , in the same prices,
   *[0] { "" }
} it was { $way ->
    [rise] { $by } more in { $last } than in { $since }
    [fall] { $by } less in { $last } than in { $since }
   *[same] about the same in { $last } as in { $since }
}.

## Organisation: other sentences
organisation-key-published = The study has no tables of its own on organisation. Published for the country: { $text }
organisation-formed = { $one ->
    [1] In { $last },
   *[0] From { $first } to { $last },
} { $formed ->
    [0] no association was formed
    [one] one association was formed
   *[other] { $formed } associations were formed
} and { $ended ->
    [0] none ended or was merged into another
    [one] one ended or was merged into another
   *[other] { $ended } ended or were merged into others
}.
organisation-sizes = At the end of { $year }, { $one ->
    [0] no association had a single municipality as member
    [one] one association of { $total } had a single municipality as member
   *[other] { $one } associations of { $total } had a single municipality as member
}, and { $ten ->
    [0] none had ten or more
    [one] one had ten or more
   *[other] { $ten } had ten or more
}.{ $known ->
    [1] { " " }{ $county ->
        [0] None lay within one county.
        [one] One lay within one county.
       *[other] { $county } lay within one county.
    }
   *[0] { "" }
}
organisation-financing = Of the money of { $year }, the shares are: { $items }.
organisation-saved = At the beginning of { $year }, { $amount } had been saved from earlier years{ $known ->
    [1] , which is { $share } of the total of that year
   *[0] { "" }
}.
organisation-most = { $what ->
    [kind] The most common kind of effort in { $year } was
   *[target] The most common target group was
}: { $name } ({ $share } of the efforts).
organisation-index = With { $base } as 100, participants were at { $people } and structural efforts at { $structural } in { $last }. { $more ->
    [structural] The structural side grew in relation to the work with individuals.
    [people] The work with individuals grew in relation to the structural side.
   *[none] The two kept pace.
}
organisation-coverage = The { $people } participants of { $year } are between { $low } and { $high } per cent of the target group{ $bounds ->
    [1] , which { $own ->
        [1] the study puts
       *[0] earlier estimates put
    } at between { $smallest } and { $largest } people
   *[0] { "" }
}.
organisation-referred = In { $year } the parties referred { $people } people: { $items }.
organisation-referred-pandemic = In { $half }, when the pandemic broke out, { $end } people were referred. In { $before } there were { $start }{ $way ->
    [fewer] , so they became fewer.
    [more] , so they became more.
   *[same] , as many.
}
organisation-posts = In { $year } the teams had { $posts } posts, counted as full-time, and { $share } of them were vacant.
organisation-vacant-most = { $equal ->
    [1] The parties had equal shares of vacant posts, { $high }.
   *[0] The share was largest for { $most } ({ $high }) and smallest for { $least } ({ $low }).
}
organisation-without = { $count ->
    [0] Every team had somebody from every party.
    [one] The party that is missing most often is { $party }: one team had nobody from it.
   *[other] The party that is missing most often is { $party }: { $number } teams had nobody from it.
}
organisation-women = Of those who began in { $year }, { $share } were women.
organisation-largest = { $level } by { $variable ->
    [age] age
    [education] education
   *[livelihood] livelihood before
} ({ $share })
organisation-largest-groups = The largest groups of that year were { $items }.
organisation-change = { $known ->
    [1] Of the { $people } people who ended and whose status is known,
   *[0] Of the people who ended and whose status is known,
} { $before } were in work or studies before the effort and { $after } after it{ $way ->
    [rise] , which is { $gap } more
    [fall] , which is { $gap } less
   *[same] , which is as many
}.{ $sexes ->
    [1] { " " }The difference was { $women } percentage points among women and { $men } among men.
   *[0] { "" }
}
organisation-livelihood = { $way ->
    [rise] The livelihood that grew most was { $name }
   *[fall] The livelihood that shrank most was { $name }
}, from { $before } to { $after }.
organisation-work-published = Published for the country: { $items }.
organisation-transitions = The largest group before was those with { $name } ({ $people } people). Of them { $share } had the same livelihood after.
organisation-took-part = In { $year }, { $count ->
    [0] no association
    [one] one association
   *[other] { $number } associations
}{ $known ->
    [1] { " " }of { $of }
   *[0] { "" }
} took part in the indicators{ $answered ->
    [1] , with { $answers } questionnaires
   *[0] { "" }
}.
organisation-indicator = { $who }, { $year }: { $several ->
    [1] highest “{ $high }” (mean { $high_mean }), lowest “{ $low }” ({ $low_mean }).
    [2] all indicators have a mean of { $high_mean }.
   *[0] “{ $high }”, mean { $high_mean }.
}{ $compared ->
    [0] { "" }
    [one] { " " }Since it was first asked, the mean { $up ->
        [1] rose
       *[other] { $down ->
            [1] fell
           *[other] stayed much the same
        }
    }.
   *[other] { " " }Of { $compared_number } means that can be compared with earlier ones, { $up ->
        [0] none
       *[other] { $up_number }
    } rose and { $down ->
        [0] none
       *[other] { $down_number }
    } fell.
}

## Organisation: figures
organisation-own = The study’s own figures
organisation-published-legend = Published figures
organisation-published-both = Published (of efforts: those for individuals)
organisation-points-efforts-individual = Published: for individuals
organisation-points-efforts-structural = Published: structural
organisation-points-efforts-individual-other = Published, counted otherwise: for individuals
organisation-break = counted otherwise
organisation-panel-municipalities = Member municipalities
organisation-panel-associations = Associations
organisation-panel-state = State funds, SEK million
organisation-panel-per-member = State funds per member municipality, SEK thousand
organisation-panel-efforts = Efforts
organisation-panel-participants = Participants
organisation-panel-index = { $year } = 100
organisation-line-nominal = Each year’s money
organisation-line-real = Prices of { $year }
organisation-line-individual = For individuals
organisation-line-structural = Structural
organisation-line-participants = Participants
organisation-pandemic = March 2020: the pandemic
organisation-axis-people = Per cent of those who ended
organisation-axis-mean = Mean on a scale from { $low } to { $high }
organisation-key-before = Before the effort
organisation-key-after = After the effort
caption-organisation-series = Municipalities and associations at the end of each year{ $own ->
    [0] , as published; no line joins figures of years that lie apart
   *[1] { $published ->
        [1] : the study’s own figures as lines, published ones as diamonds
       *[0] { "" }
    }
}
caption-organisation-funds = The state’s funds, in the money of each year{ $own ->
    [0] , as published; no line joins figures of years that lie apart
   *[1] { $real ->
        [0] { "" }
       *[1] { " " }and in prices of { $year }
    }{ $published ->
        [1] ; published figures in the money of each year as diamonds
       *[0] { "" }
    }
}
caption-organisation-activity = Efforts and participants by year{ $own ->
    [0] , as published; figures of different definitions have different markers, and no line joins them
   *[1] { $published ->
        [1] ; published figures beside them, with a marker for each definition and no line
       *[0] { "" }
    }
}
caption-organisation-published = Published figures by year, each as a point; figures of different definitions have different markers, and no line joins them
caption-organisation-index = Participants and structural efforts, with { $year } as 100
caption-organisation-members = { $share ->
    [1] Share of each county’s municipalities that belong to an association, per cent, at the end of the year
   *[0] Municipalities that belong to an association, by the association’s county, at the end of the year
}
caption-organisation-referrals = People referred in each half-year, by party{ $pandemic ->
    [1] ; the dashed line is the beginning of March 2020
   *[0] { "" }
}
caption-organisation-change = Status before and after the effort, per cent of those who ended; at the right the difference in percentage points
caption-organisation-indicators = Means of the indicators by who answered, on a scale from { $low } to { $high }
alt-organisation = Charts by year. { $lines }
alt-organisation-line = { $several ->
    [1] { $name } { $start } in { $first } and { $end } in { $last }
   *[0] { $name } { $end } in { $last }
}
alt-organisation-points = { $name } { $items }
alt-organisation-break = counted otherwise from { $year } on: { $label }
alt-organisation-members = Grid of a tile for each county, { $share ->
    [1] with the per cent of its municipalities that are members
   *[0] with the number of member municipalities
}. In { $year }: { $items }.
alt-organisation-referrals = Line charts of people referred, a panel for each party; a is the first half-year and b the second. { $lines }
alt-organisation-change = Dots for the share before and after the effort, per cent. { $lines }.
alt-organisation-change-line = { $name } { $before } before, { $after } after
alt-organisation-indicators = Dots for the means of the indicators. { $lines }
