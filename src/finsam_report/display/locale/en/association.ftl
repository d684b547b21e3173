# The report of one association.
association-all = All associations
association-hidden = not shown
association-published = { $number } ({ $year })

# Heads
association-head-figure = Figure
association-head-own = This association
association-head-average = Average of all
association-head-published-share = Published, %
association-head-published = Published for the country
association-head-efforts = Efforts
association-head-going = Under way
association-head-share = Share, %
association-head-share-all = Share, all, %
association-head-cost = Cost per effort, SEK
association-head-cost-all = Cost per effort, all, SEK
association-head-people = People
association-head-own-share = This association, %
association-head-all-share = All associations, %
association-head-difference-all = Difference, all
association-head-source = Source
association-head-million = SEK million
association-head-indicator = Indicator
association-head-answers = Answers
association-head-mean = Mean
association-head-mean-all = Mean, all
association-head-top = Best two, %
association-head-top-all = Best two, all, %
association-head-practice = Good practice
association-head-done = Yes, partly or no
association-head-note = Note
association-column-municipalities = Member municipalities
association-column-total = Funds, SEK million
association-column-individual = Efforts for individuals
association-column-structural = Structural efforts
association-column-participants = People
association-column-per-participant = Cost per person, SEK

# Rows
association-line-municipalities = Member municipalities
association-line-total = All funds, SEK million
association-line-per-member = Funds per member municipality, SEK million
association-line-state-per-member = Of these from the state, SEK million
association-line-per-inhabitant = Funds per inhabitant, SEK
association-line-staff = Staff, full-time equivalents
association-line-individual = Efforts for individuals
association-line-structural = Structural efforts
association-line-participants = People in efforts for individuals
association-line-per-participant = Cost per person in such efforts, SEK
association-line-registered = Registered with personal data, %
association-line-work = Work or studies after the effort, %
association-line-sum = All sources
association-group-type = Type
association-group-kind = Kind
association-group-target = Target group
association-who-participant = Participants
association-who-staff = Staff
association-who-board = Board and managers
association-who-all = Everybody who answered
association-whose = { $label } ({ $who })

# Notes
association-note-overview = Year: { $year }; personal data and work or studies: all years together. Average of all: for funds, staff, efforts and people the sum of all associations divided by the number of those with a figure; for amounts per municipality, inhabitant or person and for per cent the figure of all together. Published: the nearest year for which there is a figure, in brackets.
association-note-years = Amounts in the money of each year. Efforts: under way at some time of the year.{ $cut ->
        [1] {" "}The last { $count } years are shown.
       *[0] {""}
    }
association-note-efforts = Efforts under way at some time of { $year }. Share: of all efforts with a known type, kind or target group, of the association and of all associations. Cost: for the part of the year in which an effort went on, its cost spread evenly over its days.
association-note-participants = Everybody in the table of participants, in the first effort that each person began; all years together. That table need not hold everybody who took part.
association-note-change = All efforts that have ended, in all years together{ $known ->
        [1] {""}: { $people } with known status.
       *[0] .
    } Differences in percentage points. Before and after are of the same people; the change is no effect of the effort.
association-note-funds = Year: { $year }. Amounts in the money of the year.
association-note-indicators = Year: { $year }. Best two: share who gave one of the two best answers. Only associations that chose to ask are among all.

# Figures
association-course-caption = People in efforts for individuals, and what the efforts cost for each of them
association-participants-caption = Who took part, beside all associations
association-change-caption = What participants lived on before the effort and afterwards
association-indicators-caption = Share who gave one of the two best answers, by indicator
association-axis-participants = Per cent of the participants
association-axis-change = Per cent of those whose effort ended; line: before, marker: afterwards
association-axis-indicators = Per cent with one of the two best answers, { $year }
association-panel-participants = People in efforts for individuals during the year
association-panel-cost-real = Cost per person, SEK thousand, in the prices of the last year
association-panel-cost-nominal = Cost per person, SEK thousand, in the money of each year
association-alt = Numbers of { $own } and of all associations. { $unit }. { $rows }.
association-alt-row = { $label }: { $own }, all { $every }
association-alt-change = { $label }: from { $before } to { $after }, all from { $all_before } to { $all_after }

# Good practice
association-practice-plan = An evaluation plan is drawn up after the decision to finance an effort and before the effort starts, by its owners together with the association.
association-practice-goals = The plan names goals, what they are measured by, and the activities that lead to them.
association-practice-revised = The plan is revised when goals or activities change.
association-practice-decision = Whether an effort is evaluated is decided by itself, apart from the decision to finance it.
association-practice-evaluator = It is settled who evaluates: the association, a member, or somebody from outside.
association-practice-registered = Every participant is registered in the follow-up system, with personal data where the law allows it.
association-practice-share = Of those in the table, { $share } per cent are registered with personal data.
association-practice-asked = Last asked in { $year }.
association-practice-twice = Every effort hands in a progress report twice a year.
association-practice-together = Staff and steering group assess the effort together: for the individual, the staff and the organisation.
association-practice-indicators = Participants, staff and boards are asked the common indicators.
association-practice-ended = Status is written down when a participant begins and when he or she ends.
association-practice-board = The board discusses the results before it decides on the next budget.
association-practice-shared = What was learnt is passed on to the members and to other associations.

# Text
association-formed = { $known ->
        [1] { $name } was formed in { $year }.
       *[0] This report is about { $name }.
    }
association-members = { $count ->
        [0] No municipality belonged to it at the end of { $year }.
        [one] One municipality belonged to it at the end of { $year }.
       *[other] To it belonged { $number } municipalities at the end of { $year }.
    }
association-gone = { $how ->
        [merged] It existed until { $year }, when it was merged into { $into }.
       *[ended] It existed until { $year }, when it was dissolved.
    }
association-last-year = The last year with figures is { $year }; where nothing else is said, the numbers are of that year.
association-no-years = The study has no yearly figures of it.
association-nothing = The study has no figures of this association that may be shown.
association-funds = In { $year } the association had SEK { $total } million{ $how ->
        [both] {""}, or SEK { $member } million for each member municipality; all associations together had SEK { $every } million for each.
        [own] {""}, or SEK { $member } million for each member municipality.
       *[none] .
    }
association-no-funds = The study has no figures on the association's funds.
association-per-inhabitant = For each inhabitant of the member municipalities it was SEK { $own }, and SEK { $every } in all associations.
association-state-share = The state gave { $own } per cent of the funds; in all associations together { $every } per cent.
association-efforts = { $all ->
        [0] No effort was under way in { $year }.
        [one] At some time of { $year } one effort was under way: { $individual ->
            [1] it was for individuals.
           *[0] it was structural.
        }
       *[other] At some time of { $year }, { $total } efforts were under way: { $individual ->
            [0] none for individuals
           *[other] { $one } for individuals
        } and { $structural ->
            [0] none structural.
           *[other] { $two } structural.
        }
    }
association-no-efforts = The study has no figures on efforts of the association.
association-efforts-average = On average an association had { $one } efforts for individuals and { $two } structural ones.
association-common-kind = The most common { $count ->
        [one] kind was
       *[other] kinds were
    } { $kinds }, with { $number } { $efforts ->
        [one] effort
       *[other] efforts
    }{ $count ->
        [one] {""}.
       *[other] {" "}each.
    }
association-people = { $count ->
        [0] Nobody took part in efforts for individuals in { $year }
        [one] One person took part in efforts for individuals in { $year }
       *[other] In { $year }, { $people } people took part in efforts for individuals
    }{ $how ->
        [rise] , more than the { $before } of the year before.
        [fall] , fewer than the { $before } of the year before.
        [same] , about as many as the { $before } of the year before.
       *[unknown] .
    }
association-people-hidden = How many people took part in { $year } is not shown: the number rests on too few people, or would tell of too few.
association-no-people = The study has no figures on how many people took part in efforts of the association.
association-nobody-in-table = The table of participants holds nobody of the association, so it cannot be told who they were.
association-few-in-table = The table of participants holds so few people of the association that nothing is told of who they were.
association-in-table = The table of participants holds { $people } people of the association, all years together.
association-women = Women were { $own } per cent of them, and { $every } per cent in all associations.
association-women-hidden = How many of them were women is not shown, since too few people are behind the number.
association-cost = In { $year } efforts for individuals cost SEK { $own } for each person{ $how ->
        [rise] , more than the SEK { $every } of all associations.
        [fall] , less than the SEK { $every } of all associations.
        [same] , about as much as in all associations (SEK { $every }).
       *[none] .
    }
association-cost-zero = In { $year } no cost of efforts for individuals was reported, although people took part in them.
association-cost-hidden = What an effort for individuals cost for each person in { $year } is not shown, since too few people are behind the number.
association-no-costs = The study has no figures on what the association's efforts cost.
association-cost-course = { $how ->
        [rise] In fixed prices this is { $percent } per cent more than in { $first }.
        [fall] In fixed prices this is { $percent } per cent less than in { $first }.
       *[same] In fixed prices this is about the same as in { $first }.
    }
association-change = Of { $n ->
        [1] { $people } people
       *[0] those
    } whose effort had ended, { $after } per cent had work or studies afterwards and { $before } per cent before{ $every ->
        [1] ; in all associations together it was { $all_after } and { $all_before } per cent.
       *[0] .
    }
association-change-hidden = How many had work or studies before and after the effort is not shown, since too few people are behind the numbers.
association-no-change = The study has no figures on what the association's participants lived on before and after their effort.
association-fell = The livelihood that became less common by most was “{ $label }”, from { $before } to { $after } per cent.
association-rose = The one that became more common by most was “{ $label }”, from { $before } to { $after } per cent.
association-personal-data = Personal data are registered of { $own } per cent of the participants in the table{ $beside ->
        [1] , and of { $every } per cent in all associations.
       *[0] .
    }
association-personal-data-hidden = The share that is registered with personal data is not shown, since too few people are behind the number.
association-no-personal-data = The study does not tell how many participants are registered with personal data.
association-questionnaires = { $known ->
        [1] The indicators were last asked in { $year }; { $count ->
            [one] one questionnaire came back.
           *[other] { $number } questionnaires came back.
        }
       *[0] The indicators were last asked in { $year }; the number of questionnaires is not shown, since it is too small.
    }
association-indicators = { $several ->
        [1] Among the { $who ->
            [participant] participants
            [staff] staff
            [board] board members and managers
           *[all] people
        } who answered in { $year }, the two best answers were most common for “{ $first }” ({ $top } per cent) and least common for “{ $second }” ({ $low } per cent).
       *[0] Among the { $who ->
            [participant] participants
            [staff] staff
            [board] board members and managers
           *[all] people
        } who answered in { $year }, { $top } per cent gave one of the two best answers for “{ $first }”.
    }{ $beside ->
        [0] {""}
        [one] { $above ->
            [0] {" "}The share is not above that of all associations that asked.
           *[other] {" "}The share is above that of all associations that asked.
        }
       *[other] { $above ->
            [0] {" "}On none of { $of } indicators is the share above that of all associations that asked.
           *[other] {" "}On { $number } of { $of } indicators the share is above that of all associations that asked.
        }
    }
association-indicators-hidden = The indicators were asked in { $year }, but too few people answered for anything to be shown.
association-no-indicators = The indicators were not asked in the association, or the study lacks its answers.
association-suppressed = { $count ->
        [0] None of the { $of } numbers that the ledger holds of the association had to be suppressed.
        [one] One of the { $of } numbers that the ledger holds of the association was suppressed.
       *[other] Of the { $of } numbers that the ledger holds of the association, { $number } were suppressed.
    }
