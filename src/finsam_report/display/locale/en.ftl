# Words of the report in English. Numbers arrive formatted; a plural is chosen by a plain count.

## Units, heads of columns

unit-percent = per cent
unit-points = percentage points
unit-scale = scale points
unit-sd = standard deviations
unit-prices = { $currency }, { $year } prices
all = All
met-team = { $programme ->
    [finsam] Met { $treatment }
   *[other] Took up { $treatment }
}
not-shown = not shown
price-note = Amounts in { $currency } are in { $year } prices.
price-note-deflated = Amounts in { $currency } are in { $year } prices, by { $source }.
price-index = the price index of the study
horizon = { $unit ->
    [year] { $count ->
        [one] { $count } year
       *[other] { $count } years
    }
    [quarter] { $count ->
        [one] { $count } quarter
       *[other] { $count } quarters
    }
   *[month] { $count ->
        [one] { $count } month
       *[other] { $count } months
    }
}
wave = Survey { $wave }, { $month ->
    [0] at randomisation
    [one] after { $month } month
   *[other] after { $month } months
}
head-characteristic = Characteristic
head-difference-se = Difference (standard error)
head-normalised = Normalised difference
head-item = Item
head-outcome = Outcome
head-horizon = Outcome and horizon
head-control-mean = Mean, { $control }
head-unadjusted = Unadjusted (s.e.)
head-adjusted = Adjusted (s.e.)
head-interval = { $level }% interval
head-itt = Effect of the offer
head-late = Effect per taker (s.e.)
head-anderson-rubin = Anderson–Rubin { $level }% set
head-question = Question
head-scale = Scale
head-arm = Arm
head-sent = Randomised
head-answered = Answered
head-response-difference = Difference, percentage points (s.e.)
head-block = { $programme ->
    [finsam] Draw
   *[other] Block
}
head-group = Group
head-arm-n = { $arm }
head-met = { $programme ->
    [finsam] Met
   *[other] Took up
}
head-met-share = Per cent
head-horizons = Horizons, { $unit }s
head-reason = Reason
head-feature = Feature
head-survey = Survey experiment
head-register = Register experiment
head-file = File
head-bytes = Bytes
head-sha256 = SHA-256 (first 16 of 64 digits)
head-column = Column
head-type-values = Type and values
head-unit = Unit
head-may-be-empty = May be empty
head-meaning = Meaning
head-software = Software
head-version = Version
row-population = Population
row-people = People randomised
row-arms = Arms
row-outcomes = Outcomes
row-outcomes-survey = { $count ->
    [one] { $count } item in surveys
   *[other] { $count } items in surveys
}
row-outcomes-register = { $count ->
    [one] { $count } outcome in registers
   *[other] { $count } outcomes in registers
}
row-follow-up = Follow-up
row-follow-up-survey = surveys at { $months } months

## Notes under tables

note-suppressed = { $mark } Not shown: the number would rest on fewer than five people, or give away one that does.
note-balance = Means are weighted by block size; differences of shares are in percentage points. The difference is the block-weighted difference in means with an HC2 standard error in parentheses. The normalised difference is the difference between the arms' means divided by the root of their average variance.
note-balance-joint = All characteristics together: randomisation p { $p } ({ $support } and { $control } people).
note-effects-survey = Effect: in scale points, coded so that a higher answer is better, adjusted by Lin's regression with characteristics and answers at baseline where there are any; s.e.: HC2 standard error. { $level }% intervals from the t distribution. p: randomisation inference with { $draws } reassignments.{ $several ->
    [0] { "" }
   *[other] { " " }Family-wise p: the same reassignments, corrected for the number of items in the family by the method of Westfall and Young. q: sharpened false-discovery-rate value within the family.
} N: people who answered.
note-effects-register = Effects on shares are in percentage points; s.e.: standard error. Unadjusted: block-weighted difference in means. Adjusted: Lin's regression with characteristics known at randomisation. HC2 standard errors and { $level }% intervals from the t distribution. p: randomisation inference with { $draws } reassignments, adjusted estimate.{ $several ->
    [0] { "" }
   *[other] { " " }q: sharpened false-discovery-rate value within each family of outcomes at the horizon.
} N: people with the outcome.
note-late = Effect of the offer: the adjusted intention-to-treat effect. Effect per taker: the effect per person who took up support because of the offer, by two-stage least squares with the offer as instrument and the same controls, HC2 standard error and { $level }% interval from the t distribution. The Anderson–Rubin set stays valid when the offer moves take-up only weakly.
note-response = Response is the share of all who were randomised to the arm and sent the survey. The difference between the arms is block-weighted, with an HC2 standard error.
note-take-up = { $programme ->
    [finsam] Met: the number who met { $treatment }
   *[other] Took up: the number who took up { $treatment }
} at any time before the data end. Per cent: of those in the same arm and row.

note-dictionary = File { $file }: { $row }. A row is named by { $columns }.
note-dictionary-left-out = Left out: the column need not be in the file.

## Reasons why something was not estimated

reason-too_few_events = Too rare: fewer than { $events } people with (or without) the outcome in all, or fewer than { $arm } in an arm
reason-no_variation = Everybody has the same value
reason-too_few_people = Fewer than two people with the outcome in an arm

## Flow diagrams

flow-randomised = Randomised
flow-met = { $programme ->
    [finsam] Met { $treatment }
   *[other] Took up { $treatment }
}
flow-not-met = { $programme ->
    [finsam] Did not meet { $treatment }
   *[other] Did not take up { $treatment }
}
flow-wave = Survey { $wave }, { $month ->
    [0] at randomisation
    [one] { $month } month
   *[other] { $month } months
}
flow-no-answer = No answer
flow-followed = Followed { $horizon }
flow-not-followed = Not followed
caption-flow-survey = Flow of people through the survey experiment
caption-flow-register = Flow of people through the register experiment
alt-flow-start = Flow diagram. Randomised: { $total } people.
alt-flow-arm = { $arm }: { $lines }.

## Figures

caption-survey-effects = Effect of the offer on each item, in { $same ->
    [1] scale points
   *[0] standard deviations of the control arm
}, with { $level }% intervals
caption-register-effects = { $several ->
    [0] Effect of the offer on each outcome, with { $level }% intervals
   *[other] Effect of the offer on each outcome, by { $unit }s since randomisation, with { $level }% intervals
}
caption-prevalence = Average of each outcome in both arms, by { $unit }s since randomisation
caption-monthly = Effect of the offer on each outcome, by { $unit }s since randomisation, adjusted, with pointwise { $level }% intervals (dark){ $band ->
    [1] { " " }and simultaneous { $level }% bands (light)
   *[0] { "" }
}
legend-adjusted = Adjusted
legend-unadjusted = Unadjusted
axis-scale-points = Scale points, { $support } minus { $control }
axis-effect = { $bare ->
    [1] Effect
   *[0] Effect, { $unit }
}
axis-since = { $unit ->
    [year] Years since randomisation
    [quarter] Quarters since randomisation
   *[month] Months since randomisation
}
axis-all = All { $share }
alt-effects = Adjusted estimates in { $unit }, as points with { $level }% intervals: { $lines }.
alt-prevalence = Line charts of each outcome by time since randomisation, { $support } against { $control }. After { $horizon }: { $lines }
alt-prevalence-line = { $outcome }: { $support } against { $control }.
alt-monthly = Line charts of the adjusted effect of the offer on each outcome over time, with { $level }% bands. { $lines }
alt-monthly-line = { $outcome }: largest { $peak } after { $at }; { $end } (band { $low } to { $high }) after { $horizon }.

## Participation

survey-participation = In all, { $n } people were randomised: { $support-n } { $support } and { $control-n } { $control }. { $known ->
    [0] How many answered the survey that effects are measured with, { $month } months after randomisation, is not shown, because too few people did or did not.
   *[other] The survey that effects are measured with, { $month } months after randomisation, was answered by { $answered } of them, { $share } per cent.
} { $verdict ->
    [up] The response was higher among { $support } than among { $control }, by { $gap } percentage points ({ $level } per cent interval { $low } to { $high }), so that those who answered may differ between the arms in other ways too.
    [down] The response was lower among { $support } than among { $control }, by { $gap } percentage points ({ $level } per cent interval { $low } to { $high }), so that those who answered may differ between the arms in other ways too.
    [unclear] No difference in response between the arms could be shown: the estimate is { $gap } percentage points ({ $level } per cent interval { $low } to { $high }).
   *[unknown] The difference in response between the arms is not shown.
}
register-participation = In all, { $n } people were randomised: { $support-n } { $support } and { $control-n } { $control }.
register-blocks = { $blocks ->
    [0] All were randomised together.
    [1] All were randomised together.
   *[other] Chance decided separately within each of { $number } blocks, and every comparison is made within these blocks.
}
take-up = { $shown ->
    [neither] The shares who { $programme ->
        [finsam] met
       *[other] took up
    } { $treatment } are not shown, because they would rest on fewer than five people.
   *[both] Of { $support }, { $met } per cent { $programme ->
        [finsam] met
       *[other] took up
    } { $treatment }; of { $control }, { $nobody ->
        [1] nobody
       *[other] { $control-met } per cent
    } did.
}{ $verdict ->
    [up] { " " }The offer raised the share by { $effect } percentage points ({ $level } per cent interval { $low } to { $high }).
    [down] { " " }The offer lowered the share by { $effect } percentage points ({ $level } per cent interval { $low } to { $high }).
    [unclear] { " " }No effect of the offer on the share could be shown: the estimate is { $effect } percentage points ({ $level } per cent interval { $low } to { $high }).
   *[unknown] { "" }
}

## Balance

balance-alike = There is no sign that the arms differed more at randomisation than chance alone would make them: for all characteristics together the randomisation p-value is { $p }. The largest normalised difference is { $largest } ({ $name }).
balance-unlike = At randomisation the arms differ more than chance alone would make likely: for all characteristics together the randomisation p-value is { $p }. The largest normalised difference is { $largest } ({ $name }). The adjusted estimates take account of the characteristics that the study adjusts for.
balance-alike-respondents = Nor is there such a sign among those who answered the survey that effects are measured with (randomisation p-value { $p }).
balance-alike-respondents-only = Among those who answered the survey that effects are measured with there is no such sign (randomisation p-value { $p }).
balance-unlike-respondents = Among those who answered the survey that effects are measured with, the characteristics differ more than chance alone would make likely (randomisation p-value { $p }).

## Findings: the survey

survey-lead = Differences are in scale points, { $support } minus { $control }, with { $level } per cent intervals in parentheses.
survey-better = { $support } answered more favourably than { $control } on { $count ->
    [one] one item
   *[other] { $number } items
}: { $items }.
survey-worse = { $support } answered less favourably than { $control } on { $count ->
    [one] one item
   *[other] { $number } items
}: { $items }.
survey-unclear = No difference between the arms could be shown on { $count ->
    [one] one item, whose interval includes zero
   *[other] { $number } items, whose intervals include zero
}: { $items }.
survey-unclear-all = No difference between the arms could be shown on any item, since every interval includes zero: { $items }.
survey-unknown = Not shown, or not possible to estimate: { $items }.
item-detail = { $item }, { $effect } ({ $low } to { $high })
family-q = { $lost ->
    [0] { $clear ->
        [one] The difference keeps a sharpened q-value of 0.05 or less once it is taken into account that several outcomes were tested together.
       *[other] { $number ->
            [two] Both
           *[other] All { $number }
        } differences whose intervals exclude zero keep a sharpened q-value of 0.05 or less once it is taken into account that several outcomes were tested together.
    }
   *[other] { $hits ->
        [0] Once it is taken into account that several outcomes were tested together, { $clear ->
            [one] the difference does not keep
           *[other] none of the differences keeps
        } a sharpened q-value of 0.05 or less.
       *[other] Once it is taken into account that several outcomes were tested together, the differences keep a sharpened q-value of 0.05 or less, except for { $items }.
    }
}
survey-size = Measured in standard deviations among { $control }, the adjusted effects lie between { $smallest } ({ $smallest-item }) and { $largest } ({ $largest-item }).
reading-q = { $several ->
    [0] Only one effect is tested, so nothing has to be adjusted for the number of tests.
   *[other] When several outcomes are tested, some will differ by chance alone. The q-value takes this into account within each family of outcomes. If every outcome with a q-value of at most 0.05 is said to differ, at most about one in twenty of these statements is expected to be wrong. The q-value speaks of such a list as a whole. It may be smaller than the p-value when other effects in the family are clear, so an outcome whose own interval includes zero should not be singled out on its q-value.
}
summary-several = { $several ->
    [0] { "" }
   *[other] The findings above read each interval by itself. Where many outcomes are tested, some will stand out by chance alone, so the chapters on results also give q-values, which take the number of outcomes into account.
}

## Findings: the register

register-lead = Parentheses hold the { $level } per cent interval and the average among { $control } (the control mean).
finding-head = **{ $outcome }.**
finding-up = Higher among { $support } than among { $control }: by { $details }.
finding-down = Lower among { $support } than among { $control }: by { $details }.
finding-unclear = { $all ->
    [1] No difference could be shown: the { $count ->
        [one] estimate is
       *[other] estimates are
    } { $details }.
   *[other] Otherwise no difference could be shown: the { $count ->
        [one] estimate is
       *[other] estimates are
    } { $details }.
}
finding-unknown = Not shown or not estimated after { $horizons }.
finding-detail = { $effect } after { $horizon } ({ $low } to { $high }; control mean { $control-mean })

## Effects per person who took up support

late-intro = { $share ->
    [full] The offer decided take-up for nearly everybody, so that the effect per person who took up support because of it is close to the effect of the offer.
   *[part] The effect per person who took up support because of the offer is the effect of the offer divided by the difference that the offer made to take-up.
}
late-same = Its interval excludes zero wherever that of the effect of the offer does, and nowhere else.
late-same-none = Every interval includes zero, for the effect of the offer as for the effect per person.
late-clear = Its interval excludes zero for { $items }.
late-unclear-all = Every interval includes zero.

## Key findings

key-better = **Favourable differences for { $support }:** { $items }.
key-worse = **Unfavourable differences for { $support }:** { $items }.
key-unclear = **No difference could be shown:** { $items }.
key-not-estimated = **Not estimated:** { $items }.
key-item = { $item } { $pair }
key-pair = { $effect } ({ $low } to { $high })
key-effects = { $pairs } { $unit } after { $horizons }
key-effects-bare = { $pairs } after { $horizons }
key-lead = Differences between { $support } and { $control }, with { $level } per cent intervals in parentheses:
key-lead-survey = Differences between { $support } and { $control } in scale points, with { $level } per cent intervals in parentheses:
key-outcome = **{ $outcome }:** { $effects ->
    [0] { "" }
   *[other] { $effects }.{ " " }
}{ $verdicts }.
key-verdict-better = { $all ->
    [1] favourable
   *[other] favourable after { $horizons }
}
key-verdict-worse = { $all ->
    [1] unfavourable
   *[other] unfavourable after { $horizons }
}
key-verdict-higher = { $all ->
    [1] higher among those offered support
   *[other] higher after { $horizons }
}
key-verdict-lower = { $all ->
    [1] lower among those offered support
   *[other] lower after { $horizons }
}
key-verdict-unclear = { $all ->
    [1] no difference could be shown
   *[other] no difference could be shown after { $horizons }
}
key-verdict-unknown = { $all ->
    [1] not shown
   *[other] not shown after { $horizons }
}
key-participation-survey = In all, { $n } people took part.{ $known ->
    [0] { "" }
   *[other] { " " }The survey { $month } months after randomisation was answered by { $share } per cent.
}
key-participation-register = Chance divided { $n } people into { $support_n } { $support } and { $control_n } { $control }.{ $take_up ->
    [0] { "" }
   *[other] { " " }Of { $support }, { $met } per cent { $programme ->
        [finsam] met
       *[other] took up
    } { $treatment }.
}

## Other computed text

not-estimated = { $count ->
    [one] One outcome was not estimated at one horizon or more
   *[other] { $number } outcomes were not estimated at one horizon or more
}: { $items }. This is a statement about the data, not about the effect: with so few cases neither an effect nor its absence could be seen.
choices = Intervals have a level of { $level } per cent. Randomisation inference makes { $draws } reassignments; the seed is { $seed }.
suppression = { $count ->
    [0] No number had to be suppressed.
    [one] One row of the ledger was suppressed, because it rested on fewer than five people or would have given away such a number.
   *[other] In the ledger, { $number } rows were suppressed, because they rested on fewer than five people or would have given away such a number.
}
about-truth = { $count ->
    [one] There is one main adjusted effect of the offer. Its { $level } per cent interval { $inside ->
        [none] does not contain
       *[other] contains
    } the true effect.
   *[other] Of the { $number } main adjusted effects of the offer, { $inside ->
        [none] none has
        [all] all have
        [one] one has
       *[other] { $inside } have
    } a { $level } per cent interval that contains the true effect. On average over many such studies { $level } per cent would.
}
threshold = five
horizons = { $unit ->
    [year] { $last ->
        [one] { $list } year
       *[other] { $list } years
    }
    [quarter] { $last ->
        [one] { $list } quarter
       *[other] { $list } quarters
    }
   *[month] { $last ->
        [one] { $list } month
       *[other] { $list } months
    }
}
input-warnings = { $count ->
    [0] The checks of the inputs gave no warning.
    [one] The checks of the inputs gave one warning.
   *[other] The checks of the inputs gave { $count } warnings.
}
part-organisation = the associations
part-municipality = the municipalities
unused-parts = { $count ->
    [one] The study also has a part on { $list }. Its tables were checked with the others, but this report has no chapter on it.
   *[other] The study also has parts on { $list }. Their tables were checked with the others, but this report has no chapters on them.
}

## Survey: people and answers

head-survey-block = Block
party-unknown = Not known
head-wave = Survey { $wave }, { $month ->
    [0] at start
    [one] { $month } month
   *[other] { $month } months
}
head-wait-referred_to_randomised = Referral to randomisation, days
head-wait-randomised_to_met = { $programme ->
    [finsam] Randomisation to first meeting, days
   *[other] Randomisation to take-up, days
}
head-answered-share = Answered (per cent)
head-arm-share = { $arm }: answered of all (per cent)
head-silent = Did not answer
head-difference = Difference
head-empty = Empty, { $arm } (%)
head-answers = Answer: per cent
head-answer = { $answer } (%)
head-mean = Mean
head-sd = SD
cell-answered = { $got } of { $sent } ({ $share })
group-queue = { $site } (wait outside the study: { $count ->
    [one] { $months } month
   *[other] { $months } months
})
scale = { $low } – { $high }{ $turned ->
    [1] ; reversed for the analysis
   *[0] { "" }
}

flow-analysed = { $several ->
    [1] of whom analysed, by item
   *[0] of whom analysed
}
flow-referred = Referred until { $month }
flow-outside = Not in the study
at-least = at least { $number }
flow-share = { $words } ({ $share }%)
alt-flow-referred = Before that, { $words }: { $count }; not in the study: { $outside }.

note-flow-sites = Numbers of people.{ $one ->
    [1] { " " }{ $none } The survey was not sent to this arm.
   *[0] { "" }
}
note-waiting = Median number of days, with the lower and the upper quartile in parentheses. N: people with both dates.{ $met ->
    [1] { " " }{ $programme ->
        [finsam] Days to the first meeting are of those who met { $treatment }, whenever that was.
       *[other] Days to take-up are of those who took up { $treatment }, whenever that was.
    }
   *[0] { "" }
}{ $queue ->
    [1] { " " }The wait outside the study is what the study declares, not an estimate.
   *[0] { "" }
}
note-response-p = p: randomisation inference with { $draws } reassignments of the same people, unadjusted difference.
note-response-sites = In parentheses: answered, per cent of those randomised. Difference: support arm minus control arm in percentage points, with an HC2 standard error in parentheses; in the last row block-weighted.
note-who-answered = Means, and shares in per cent, of everybody who was randomised in both arms. Difference: those who answered minus those who did not. The normalised difference is that of the shown shares, divided by the root of their average variance; for a number it is not given, since its spread in the two groups is not in the ledger.
note-items-empty = Empty: per cent of those who sent back the survey that effects are measured with and left the item empty.
note-items-turned = Reversed for the analysis: a high answer is the less favourable one, so the answers are turned round, and everywhere else in this chapter a higher number is the better answer.
note-control-distribution = { $shares ->
    [1] Per cent of { $people } who gave each answer to the survey after { $month ->
        [one] { $month } month
       *[other] { $month } months
    }, lowest answer first.
   *[0] Answers of { $people } to the survey after { $month ->
        [one] { $month } month
       *[other] { $month } months
    }.
} SD: standard deviation. N: people who answered the item.{ $turned ->
    [1] { " " }Reversed items are shown as they are analysed: a higher number is the better answer.
   *[0] { "" }
}{ $several ->
    [1] { " " }The items do not all have the same scale.
   *[0] { "" }
}

legend-randomised = Randomised
legend-referred = Referred, in the study or not
legend-lowest = Lowest answer
legend-highest = Highest answer
legend-answer = Answer { $number }
axis-people = People
axis-people-referred = All
axis-mean = Mean, scale { $low }–{ $high }
axis-distribution = Per cent of those who answered the item
caption-recruitment = People randomised by month{ $parties ->
    [1] { " " }and referring party
   *[0] { "" }
}{ $referred ->
    [1] , and people referred
   *[0] { "" }
}{ $hidden ->
    [1] . { $mark } Not shown: too few people, or a number that would give them away
   *[0] { "" }
}
caption-distributions = Answers to each item by arm, after { $month ->
    [one] { $month } month
   *[other] { $month } months
}{ $hidden ->
    [1] . Hatched and { $mark }: not shown, and its width is not a measure
   *[0] { "" }
}
caption-arm-means = Mean of each item by arm and survey, with { $level }% intervals{ $alone ->
    [0] { "" }
    [1] . Hollow: a survey sent to { $people } alone, which has no comparison
   *[other] . Hollow: a survey sent to one arm alone, which has no comparison
}
event = { $label } ({ $day })
alt-recruitment-line = { $party }: most in { $month }, { $most }{ $hidden ->
    [0] { "" }
    [one] { " " }(one month not shown)
   *[other] { " " }({ $hidden } months not shown)
}.
alt-recruitment-hidden = { $party }: nothing to show.
alt-recruitment = Bar charts of people randomised by month, { $first } to { $last }. { $lines }{ $referred ->
    [1] { " " }A line shows everybody who was referred.
   *[0] { "" }
}{ $marked ->
    [1] { " " }Marked: { $events }.
   *[0] { "" }
}
alt-distributions = Stacked bars of the answers to each item, in per cent from the lowest answer to the highest. { $lines }
alt-arm-means = Means of each item by months since randomisation in both arms, with { $level }% intervals. { $lines }
alt-arm-mean = { $month }: { $mean }

survey-flow-referred = { $known ->
    [1] Until { $month }, { $people } people were referred; { $outside } of them are not in the study.
   *[0] Until { $month }, at least { $people } people were referred, and at least { $outside } of them are not in the study. The numbers are not exact here, because months in which a party referred few people are not shown.
}
survey-joint-response = Whether other kinds of people answered the survey after { $month ->
    [one] { $month } month
   *[other] { $month } months
} in one arm than in the other is tested in the same way, for all characteristics together: p { $p }.
survey-recruited = { $one ->
    [1] All were randomised in { $first }.
   *[0] People were randomised from { $first } to { $last }.
}
party-share = { $party } { $share } per cent
survey-parties = Of these people, the parties had referred the following shares: { $parties }.
months = { $one ->
    [1] in { $first }
   *[0] from { $first } to { $last }
}
survey-pauses = Nobody was randomised { $months }.
survey-events = The figure marks { $count ->
    [one] this event
   *[other] these events
}: { $events }.
days = { $count ->
    [one] { $number } day
   *[other] { $number } days
}
wait-arm = { $days } for { $people }
survey-referred_to_randomised = The median time from referral to randomisation was { $parts }.
survey-randomised_to_met = { $programme ->
    [finsam] Among those who met { $treatment }, the median time from randomisation to the first meeting was { $parts }.
   *[other] Among those who took up { $treatment }, the median time from randomisation to take-up was { $parts }.
}
queue-entry = { $count ->
    [one] { $months } month
   *[other] { $months } months
}{ $named ->
    [1] { " " }in { $site }
   *[0] { "" }
}
survey-queue = The study states how long people waited for { $treatment } outside it: { $parts }. The wait is part of what the offer is compared with.
attrition-test = p { $p } ({ $wave })
survey-attrition = A test that draws the assignment of the same people again asks whether the difference in response is larger than chance would make it. { $count ->
    [one] The randomisation p-value is
   *[other] The randomisation p-values are
} { $tests }.
survey-attrition-sites = By { $head }, { $all ->
    [1] { "" }
   *[0] where it is shown,{ " " }
}the difference in response to the survey after { $month ->
    [one] { $month } month
   *[other] { $month } months
} lies between { $low } percentage points ({ $low_site }) and { $high } percentage points ({ $high_site }). { $clear ->
    [0] Every { $level } per cent interval includes zero.
    [one] The { $level } per cent interval excludes zero in { $sites }.
   *[other] The { $level } per cent intervals exclude zero in { $sites }.
}
survey-wwc = In all, { $lost } per cent did not answer the survey after { $month ->
    [one] { $month } month
   *[other] { $month } months
}, and the plain shares of the arms differ by { $gap } percentage points. Set against the boundaries of the What Works Clearinghouse, this combination is { $verdict ->
    [low] low under the cautious boundary and under the optimistic one
    [high] high under the cautious boundary and under the optimistic one
   *[between] high under the cautious boundary and low under the optimistic one
}. That is a flag and not a verdict: it says nothing about who was lost.
survey-who-answered = { $count ->
    [one] Those who answered are compared with those who did not in one share
   *[other] Of the shares compared, the one with the largest normalised difference between those who answered and those who did not is this
}: { $name }, { $got } per cent of those who answered and { $lost } per cent of those who did not (normalised difference { $size }).
survey-empty = { $case ->
    [most] { $hidden ->
        [1] Where it can be shown, an
       *[0] An
    } item was left empty by at most { $share } per cent of those who sent back the survey ({ $item }, { $people }).
    [hidden] Where anybody left an item empty, too few did for the share to be shown.
   *[none] { $nobody ->
        [0] Everybody who sent back the survey answered every item.
       *[other] All other items were answered by everybody who sent back the survey.
    }
}
survey-nobody-answered = { $count ->
    [one] One item was answered by nobody
   *[other] Some items were answered by nobody
}: { $items }.
survey-control-answers = { $people } gave the lowest answers on average to { $lowest } ({ $low } on the scale from { $minimum } to { $maximum }) and the highest to { $highest } ({ $high }).

## Survey: effects and beyond

level-yes = Yes
level-no = No
level-under = Under { $cut }{ $bare ->
    [1] { "" }
   *[0] { " " }{ $unit }
}
level-or-more = { $cut }{ $bare ->
    [1] { "" }
   *[0] { " " }{ $unit }
} or more
level-between = { $low } to under { $high }{ $bare ->
    [1] { "" }
   *[0] { " " }{ $unit }
}
level-before = Before { $day }
level-from = From { $day }
level-days = { $first } to { $last }
head-family-wise = Family-wise p
note-coded = Reversed, so that a higher number is better here too: { $items }.
note-standardised = Raw: block-weighted difference in means, in scale points and in standard deviations of the answers in the control arm. Adjusted: the main estimate in standard deviations, with its { $level }% interval. s.e.: HC2 standard error.
head-raw-points = Raw, scale points (s.e.)
head-raw-sd = Raw, s.d. (s.e.)
head-adjusted-sd = Adjusted, s.d. (s.e.)
head-interval-sd = { $level }% interval
head-index = Index
head-randomisation-p = Randomisation p
head-weight-equal = Equal weights
head-weight-covariance = Inverse-covariance weights
index-klk = Equal weights
index-icw = Inverse-covariance weights
note-index = In standard deviations of the control arm; s.e.: HC2 standard error. { $level }% intervals and randomisation p ({ $draws } reassignments) belong to the adjusted estimate. Equal weights: each item in standard deviations of the control arm, averaged over the items that a person answered. Inverse-covariance weights: an item that repeats what others say counts less.
note-alpha = Cronbach's alpha among { $people }: { $values }.
note-alpha-value = { $family } { $alpha }
note-index-weights = Weights sum to one within a column and family. Equal weights are those of a person who answered every item.
note-negative-weight = A negative weight means that the item lowers the index although a high answer is better: it happens when an item is closely correlated with others and says little of its own. The index with equal weights does not have this flaw and should then be preferred.
index-better = On the summary of { $family }, { $support } answered more favourably than { $control }, by { $effect } ({ $level } per cent interval { $low } to { $high }; { $p }).
index-worse = On the summary of { $family }, { $support } answered less favourably than { $control }: the difference is { $effect } ({ $level } per cent interval { $low } to { $high }; { $p }).
index-unclear = On the summary of { $family }, no difference could be shown: the estimate is { $effect } ({ $level } per cent interval { $low } to { $high }; { $p }).
index-unknown = The summary of { $family } is not shown, or could not be made.
index-p = randomisation p { $p }
index-other = { $verdict ->
    [same] With inverse-covariance weights it is { $effect } ({ $low } to { $high }), which leads to the same reading.
    [differs] With inverse-covariance weights it is { $effect } ({ $low } to { $high }), which does not lead to the same reading, so the summary depends on how the items are weighed.
   *[unknown] { "" }
}
index-negative = { $count ->
    [one] One item has a negative inverse-covariance weight
   *[other] { $number } items have negative inverse-covariance weights
}: { $items }.
head-survey-at = Survey after
head-adjusted-effect = Effect (s.e.)
note-other-waves = Adjusted effects in scale points with HC2 standard errors, and { $level }% intervals and p-values from the t distribution. The survey after { $month } months is the one that was chosen beforehand to measure effects with. The others are read beside it, and their p-values are not corrected. N: people who answered, who are not the same at every survey.
caption-other-waves = Effect of the offer on each item at every survey sent to both arms, in scale points, with { $level }% intervals
axis-months = Months since randomisation
alt-other-waves = Points with intervals for each item, by months since randomisation. { $lines }
alt-other-waves-line = { $item }: { $points }.
alt-other-waves-point = { $effect } ({ $low } to { $high }) after { $horizon }
other-waves = { $tests ->
    [one] There is one effect at another survey than the one that effects are measured with.
   *[other] There are { $number } effects at other surveys than the one that effects are measured with.
} { $clear ->
    [0] { $tests ->
        [one] Its interval includes zero.
       *[other] All their intervals include zero.
    }
    [one] One interval excludes zero: { $items }.
   *[other] { $clearly } of their intervals exclude zero: { $items }.
} { $tests ->
    [one] { "" }
   *[other] If the offer had no effect at all, about { $chance } of { $number } such intervals would exclude zero by chance.
}
other-waves-item = { $item } after { $horizon }, { $effect } ({ $low } to { $high })
head-queue-outside = Wait outside the study, months
head-queue-study = Wait of { $control }, months
head-queue-added = Added by the study, months
head-queue-people = { $arm }, people
note-queue = Wait outside the study: declared in the study file, not estimated from data. Wait of { $control }: until the survey that effects are measured with.
queue-contrast = The study made { $control } wait { $month ->
    [one] one month
   *[other] { $month } months
} until the survey. Outside the study the wait is declared as { $range }. { $added ->
    [all] The study therefore lengthens the wait everywhere, and the contrast is partly one between support now and a wait that is longer than the ordinary one.
    [none] The study therefore does not lengthen the wait anywhere.
   *[some] The study therefore lengthens the wait at some places and not at others, and where it does the contrast is partly one between support now and a wait that is longer than the ordinary one.
} { $places ->
    [one] With one place nothing can be said about whether the length of the queue matters.
   *[other] With { $number } places, which differ in much else, the data cannot tell whether the length of the queue matters.
}
queue-range = { $same ->
    [1] { $low } { $count ->
        [one] month
       *[other] months
    }
   *[0] { $low } to { $high } months
}
crossed-support = { $known ->
    [0] How many { $people } { $programme ->
        [finsam] never met
       *[other] did not take up
    } { $treatment } is not shown.
   *[other] Of the { $n } { $people }, { $count ->
        [0] all { $programme ->
            [finsam] met
           *[other] took up
        } { $treatment }.
       *[other] { $number } ({ $share } per cent) { $programme ->
            [finsam] did not meet
           *[other] did not take up
        } { $treatment }.
    }
}
crossed-control = { $known ->
    [0] How many { $people } { $programme ->
        [finsam] met
       *[other] took up
    } { $treatment } all the same is not shown.
   *[other] Of the { $n } { $people }, { $count ->
        [0] nobody { $programme ->
            [finsam] met
           *[other] took up
        } { $treatment } ahead of their turn.
       *[other] { $number } ({ $share } per cent) { $programme ->
            [finsam] met
           *[other] took up
        } { $treatment } ahead of their turn.
    }
}
crossed-meaning = Everybody is counted in the arm that chance gave them, whatever they did.{ $none ->
    [1] { "" }
   *[0] { " " }People who depart from it bring the difference between the arms closer to zero than the effect of the support itself.
}
interval = { $low } to { $high }
spec-lin = Adjusted (main)
spec-unadjusted = Unadjusted
spec-no_blocks = Without blocks
spec-ipw = Weighted for response
spec-imputation = Imputed answers
spec-top_two = Best answers, percentage points
spec-better_answer = Better answer, per cent
spec-ordered_logit = Ordered logit, log odds
spec-lee = Lee bounds
spec-lee_tight = Lee bounds, tightened
spec-manski = Manski bounds
short-lin = Adjusted (main)
short-unadjusted = Unadjusted
short-no_blocks = Without blocks
short-ipw = Weighted for response
short-imputation = Imputed answers
short-top_two = Share of best answers
short-better_answer = Better answer
short-ordered_logit = Ordered logit
short-lee = Lee bounds
short-lee_tight = Lee, tightened
short-manski = Manski bounds
in-spec-unadjusted = without adjustment
in-spec-no_blocks = without blocks
in-spec-ipw = with weights for response
in-spec-imputation = with imputed answers
in-spec-top_two = in the share of the best answers
in-spec-better_answer = in the probability of a better answer
in-spec-ordered_logit = in the ordered logit
note-robustness = Estimates in scale points with { $level }% intervals in parentheses.
note-measures = Estimates with { $level }% intervals in parentheses, each in its own unit.
note-bounds = In scale points: the bounds that hold the effect under their assumptions, and in parentheses the { $level }% interval of Imbens and Manski for the effect between them.
note-spec-lin = Adjusted: the main estimate.
note-spec-unadjusted = Unadjusted: difference in means within blocks.
note-spec-no_blocks = Without blocks: difference in means of all people together.
note-spec-ipw = Weighted for response: the adjusted estimate with those who answered weighted to be like everybody in their arm.
note-spec-imputation = Imputed answers: missing answers filled in many times by the characteristics and answers of the same arm, and the estimates combined by Rubin's rules.
note-spec-top_two = Best answers: share who gave one of the two best answers, or the best one of a scale of two or three.
note-spec-better_answer = Better answer: probability that somebody of the support arm answered better than somebody of the control arm, ties counted half; 50 means no difference.
note-spec-ordered_logit = Ordered logit: log odds of a higher answer, the same at every step of the scale; – where the scale has too many steps or the model has no finite estimate.
note-spec-lee = Lee bounds: the effect on those who would answer in either arm, if the offer moves response one way only.
note-spec-lee_tight = Tightened: made within thirds of the answers at the start. They can be wider than the others where the arm that answers more is not the same in every third.
note-spec-manski = Manski bounds: missing answers set to the worst in one arm and the best in the other.
robustness-none = No item has an effect that can be shown, so that there is nothing to hold it against.
robustness-lead = The effect on each item was estimated in { $specs ->
    [one] one way
   *[other] { $number } ways
} that give an estimate. { $items ->
    [one] { $hold ->
        [0] The reading of the item, by whether the interval excludes zero and on which side, is not the same in all of them.
       *[other] The reading of the item, by whether the interval excludes zero and on which side, is the same in all of them.
    }
   *[other] { $hold ->
        [0] For none of the { $items_number } items is the reading, by whether the interval excludes zero and on which side, the same in all of them.
       *[other] For { $differing ->
            [0] { $items ->
                [2] both
               *[other] all { $items_number }
            }
           *[other] { $hold_number } of { $items_number }
        } items the reading, by whether the interval excludes zero and on which side, is the same in all of them.
    }
} { $clear ->
    [0] No item has a main interval that excludes zero.
    [one] One item has a main interval that excludes zero, and it { $firm ->
        [0] does not do so
       *[other] does so
    } in all of them.
   *[other] Of the { $clear_number } items whose main interval excludes zero, { $firm ->
        [0] none does
        [one] one does
       *[other] { $every ->
            [1] all do
           *[0] { $firm_number } do
        }
    } so in all of them.
}
robustness-differing = The reading changes for: { $items }.
robustness-item = { $item } ({ $was ->
    [clear] zero is not excluded, or on the other side,
   *[unclear] zero is excluded
} { $specs })
robustness-bounds = { $kind ->
    [lee] If the offer moves response one way only, the interval around Lee's bounds excludes zero for { $all ->
        [1] every item.
       *[0] { $count ->
            [0] no item.
           *[other] { $items }.
        }
    }
    [lee_tight] Tightened by the answers at the start, it does so for { $all ->
        [1] every item.
       *[0] { $count ->
            [0] no item.
           *[other] { $items }.
        }
    }
   *[manski] Without any assumption on those who did not answer, the interval around Manski's bounds excludes zero for { $all ->
        [1] every item.
       *[0] { $count ->
            [0] no item.
           *[other] { $items }.
        }
    }
}
axis-control-sd = Standard deviations of the control arm, { $support } minus { $control }
caption-specifications = The effect on each item in every specification, in standard deviations of the control arm, with { $level }% intervals{ $bounds ->
    [1] ; thick bars are bounds
   *[0] { "" }
}{ $beyond ->
    [1] , and arrows go on beyond the axis
   *[0] { "" }
}
alt-specifications = Panels of points with { $level }% intervals, one panel per item and one row per specification, in standard deviations of the control arm. { $lines }
alt-panel = { $title }: { $lines }.
alt-spec = { $spec } { $effect } ({ $interval })
alt-spec-bounds = { $spec } { $bounds }, interval { $interval }
alt-spec-none = { $spec } not shown
alt-spec-others = { $count ->
    [one] one other estimate, { $range }
   *[other] the other { $count } estimates from { $range }
}
alt-lowest = lowest { $text }
alt-highest = highest { $text }
axis-points = Scale points
head-gap = Difference (s.e.)
caption-subgroups = { $pages ->
    [one] Effect of the offer in subgroups, in scale points, with { $level }% intervals; the dashed line is the effect among all
   *[other] Effect of the offer in subgroups on { $items }, in scale points, with { $level }% intervals; the dashed line is the effect among all
}
alt-subgroups = Panels of points with { $level }% intervals, one panel per item and one row per subgroup, in scale points. { $lines }
note-subgroups = Adjusted effects in scale points, with { $level }% intervals in parentheses. N: people of the subgroup who answered, in both arms, for the item that most answered. –: not estimated.
note-group-too_few_in_group = Too few people to be estimated: { $groups }.
note-group-too_few_people = Fewer than two people with an answer in an arm: { $groups }.
note-group-undetermined = Too few people for the estimate to have a standard error: { $groups }.
note-interactions = Each row asks whether the effect on the item is the same in all levels of the variable. Difference: effect in the second level minus effect in the first, in scale points with HC2 standard error, for variables of two levels; – for more. p: Wald test. Randomisation p: { $draws } reassignments. q: sharpened false-discovery-rate value over all these tests of a family of items together.
subgroups-none = No test of whether the effect differs between subgroups can be shown.
subgroups = { $tests ->
    [one] One test asks whether the effect on an item differs between the levels of a subgroup variable.
   *[other] Altogether { $number } tests ask whether the effect on an item differs between the levels of a subgroup variable.
} { $small ->
    [0] { $tests ->
        [one] Its randomisation p-value is above 0.05.
       *[other] Not one has a randomisation p-value of 0.05 or less.
    }
    [one] { $tests ->
        [one] Its randomisation p-value is 0.05 or less.
       *[other] One has a randomisation p-value of 0.05 or less.
    }
   *[other] By themselves { $small_number } have a randomisation p-value of 0.05 or less.
} { $kept ->
    [0] Once the number of tests is taken into account, none has a q-value of 0.05 or less, so no difference between subgroups is claimed.
    [one] Once the number of tests is taken into account, one has a q-value of 0.05 or less: { $items }.
   *[other] Once the number of tests is taken into account, these have a q-value of 0.05 or less: { $items }.
} An effect whose interval excludes zero in one subgroup and not in another is no evidence that they differ.
subgroups-item = { $item } by { $variable } (randomisation p { $p }, q { $q })
head-pairs = People with both
head-mean-at = Mean, { $survey }
head-mean-later = Mean, later
head-change = Change (s.e.)
head-own-mean = Participants' mean
head-staff-mean = Staff's mean
head-staff-gap = Gap (s.e.)
head-theme = Theme
head-open-n = { $arm }, N
head-open-share = { $arm }, per cent
head-open-gap = Difference, percentage points (s.e.)
head-kappa = Kappa
head-same = Same decision, per cent
head-read = Texts read by both
head-mde-points = Scale points
head-mde-sd = Standard deviations of the control arm
theme-wrote = Wrote something
theme-all = All decisions together
note-later-wave = In scale points, among people who answered both surveys; s.e.: standard error. { $level }% intervals from the t distribution. Nobody is compared with another arm here.
note-staff = In scale points. Gap: the answer that staff gave about a person minus the person's own answer to the same item in the same survey; s.e.: standard error. { $level }% intervals from the t distribution. Staff answered only about people they had met.
note-open-answers = Wrote something: per cent of those who sent back the survey. Themes: per cent of those who wrote, by the share of coders who saw the theme. The difference is estimated only for whether people wrote, with an HC2 standard error: those who wrote were not chosen by chance, so that themes are described and not compared.
note-agreement = Kappa: agreement of two coders beyond what chance would give; 1 is full agreement. The decisions on several themes of one text are not independent, so that all of them together have no interval.
note-mde = The effect that a study with these standard errors would find with a probability of { $power } per cent, by a two-sided test whose interval has a level of { $level } per cent.
paired-none = { $survey }: nothing can be shown.
paired-later_head = { $survey }, change since the survey that effects are measured with, in scale points with { $level } per cent intervals in parentheses.
paired-later_up = Answers became more favourable on: { $items }.
paired-later_down = Answers became less favourable on: { $items }.
paired-later_unclear = No change could be shown on: { $items }.
later-caution = This describes how the answers of { $people } developed. It is no effect of the support: nobody was kept without it for comparison, and what changes with time, in the people and around them, is part of the change.
paired-staff_head = { $survey }, staff minus participants in scale points with { $level } per cent intervals in parentheses.
paired-staff_up = Staff judged more favourably than the people themselves on: { $items }.
paired-staff_down = Staff judged less favourably than the people themselves on: { $items }.
paired-staff_unclear = No gap could be shown on: { $items }.
staff-at = { $item }, { $months }
legend-own = Participants
legend-staff = Staff
axis-staff = { $same ->
    [1] Mean answer, scale points
   *[0] Scale points, staff minus participants
}
caption-staff = { $same ->
    [1] Mean answers of participants and of staff about the same people, with the gap and its interval
   *[0] Gap between the answers of staff and of participants, with intervals
}
alt-staff = Mean answers of participants and of staff. { $lines }.
alt-staff-line = { $item }: participants { $own }, staff { $staff }, gap { $gap } ({ $interval })
open-share = { $share } ({ $arm })
open-wrote = { $survey }: { $known ->
    [0] the shares who wrote something are not shown.
   *[other] of those who sent back the survey, { $shares } wrote something.
} { $verdict ->
    [up] More wrote in the support arm, by { $gap } percentage points ({ $level } per cent interval { $interval }).
    [down] Fewer wrote in the support arm: the difference is { $gap } percentage points ({ $level } per cent interval { $interval }).
    [unclear] No difference between the arms could be shown in this: { $gap } percentage points ({ $level } per cent interval { $interval }).
   *[none] { "" }
}
open-agreement = Two coders read the texts independently. { $count ->
    [one] Their kappa is { $low }.
   *[other] { $same ->
        [1] Their kappa is { $low } on every theme.
       *[0] Their kappa lies between { $low } ({ $low_theme }) and { $high } ({ $high_theme }).
    }
} { $reading ->
    [good] By the usual reading the agreement is substantial on every theme.
    [fair] By the usual reading the agreement is at least moderate on every theme.
   *[poor] On at least one theme the agreement is weak, and its shares should not be relied on.
}
mde-none = The smallest effect that the experiment would have found is not shown.
mde = { $count ->
    [one] An effect smaller than { $low } standard deviations would often have been missed
   *[other] { $same ->
        [1] An effect smaller than { $low } standard deviations would often have been missed
       *[0] An effect smaller than { $low } to { $high } standard deviations, depending on the item, would often have been missed
    }
}: only larger ones are found with a probability of { $power } per cent or more when the test has a level of { $test } per cent. An item without a shown difference may therefore have a smaller effect.
reach-attrition = { $everybody ->
    [1] Everybody answered, so that nobody is missing from the comparison.
   *[0] { $verdict ->
        [unclear] No difference between the arms in the share who answered could be shown: it is { $gap } percentage points ({ $low } to { $high }). That speaks for the comparison and does not prove it.
       *[clear] The arms answered at different shares, by { $gap } percentage points ({ $low } to { $high }). The main estimates should be read with the bounds beside them.
    }
}
reach-attrition-unknown = Whether the arms answered at different shares is not shown.
reach-bounds = { $some ->
    [0] If those who did not answer are allowed to differ from those who did, no difference is beyond doubt: Lee's and Manski's intervals include zero for every item.
   *[other] If those who did not answer are allowed to differ from those who did, Lee's intervals exclude zero for { $lee } of { $items } items, and Manski's for { $none ->
    [1] none
   *[0] { $manski }
}.
}
reach-corrected = Of the { $number } items tested, { $q ->
    [0] none keeps
    [one] one keeps
   *[other] { $q_number } keep
} a q-value of 0.05 or less, and { $wise ->
    [0] none keeps
    [one] one keeps
   *[other] { $wise_number } keep
} a family-wise p-value of 0.05 or less.
group-not-estimated = not estimated

## Register: beyond the main effects

followed = { $all ->
    [1] All { $n } people are followed for { $horizon }{ $blocks ->
        [1] , those randomised last as long as those randomised first
       *[0] { "" }
    }. No effect rests on a changing group of people.
   *[0] Of the { $n } people, { $items }. { $why ->
        [late] People who were randomised late cannot be followed as long as those who were randomised early: the last horizon rests on { $some } of the { $number } blocks, and the effects there are those of the people of these blocks.
        [gone] Every block is followed to the last horizon. Those who are missing had died or emigrated, or are not in the data for another reason.
       *[missing] Every block is followed to the last horizon. Those who are missing are not in the data, and no reason is given there.
    } Each effect is given with its own number of people.
}
followed-item = { $n } are followed for { $horizon }
register-no-draws = With so many people the tests are not made by drawing assignments again. Their p-values come from the t distribution, which randomisation inference approaches as the number of people grows.
note-effects-large = Effects on shares are in percentage points; s.e.: standard error. Unadjusted: block-weighted difference in means. Adjusted: Lin's regression with characteristics known at randomisation. HC2 standard errors, { $level }% intervals and p from the t distribution, adjusted estimate.{ $several ->
    [0] { "" }
   *[other] { " " }q: false-discovery-rate value of Benjamini and Hochberg within each family of outcomes at the horizon.
} N: people with the outcome.
path-tests = One test for each outcome asks whether there is an effect in any { $unit } at all.
path-test-item = { $outcome } (p { $p })
path-some = { $all ->
    [1] For every outcome it finds one: { $items }.
   *[0] It finds one for { $items }.
}
path-none = { $all ->
    [1] It finds none for any outcome: { $items }.
   *[0] It finds none for { $items }.
}
path-critical = { $same ->
    [1] The band lies { $low } standard errors from the estimate on either side.
   *[0] The bands lie between { $low } and { $high } standard errors from the estimate on either side, depending on the outcome.
}
caption-paths-sex = Effect of the offer on each outcome for { $groups }, by { $unit }s since randomisation, adjusted, with pointwise { $level }% intervals
alt-paths-sex = Line charts of the adjusted effect of the offer on each outcome over time in each group, with { $level }% intervals. { $lines }
alt-paths-sex-line = { $outcome }, after { $horizon }: { $lines }.
note-cumulated = Sums from randomisation to the horizon: for shares the number of periods with the outcome, for amounts the total. Unadjusted: block-weighted difference in means. Adjusted: Lin's regression; s.e.: HC2 standard error, with { $level }% interval from the t distribution.{ $takers ->
    [1] { " " }Effect per taker: two-stage least squares with the offer as instrument. The Anderson–Rubin set stays valid when the offer moves take-up only weakly.
   *[0] { "" }
} N: people with the outcome in all periods up to the horizon.
cumulated-lead = In the first { $horizon } taken together, with the { $level } per cent interval and the average among { $control } in parentheses:
cumulated-item = { $outcome }, { $effect } ({ $low } to { $high }; mean { $mean })
cumulated-up = { $support } have more than { $control } of { $items }.
cumulated-down = { $support } have less than { $control } of { $items }.
cumulated-unclear = No difference could be shown in { $items }.
cumulated-unknown = Not shown: { $items }.
head-time = Horizon
head-complier-mean = Mean without support (s.e.)
head-relative = Effect in per cent of the mean
note-compliers = Mean without support: the average of the outcome, had they not taken up support, among people who take up support if and only if it is offered; s.e.: HC2 standard error, with { $level }% interval. Effect per taker: as in the table before. The last column is given where the interval of the mean lies above zero; it divides one estimate by another and has no interval here.
note-compliers-scale = Where a scale begins is a choice, so an effect on one is not given in per cent of its mean.
compliers-share = The offer decides whether { $programme ->
    [finsam] they meet { $treatment }
   *[other] they take up { $treatment }
} for { $share } per cent of the people (the compliers).
compliers-size = After { $horizon }, beside what these people would have had without support, the effects whose intervals exclude zero amount to: { $items }.
compliers-item = { $outcome }, { $share } per cent { $more ->
    [1] more
   *[0] less
} than { $mean }
head-took = { $programme ->
    [finsam] Met
   *[other] Took up
}
head-took-not = { $programme ->
    [finsam] Did not meet
   *[other] Did not take up
}
note-met = Averages at randomisation among { $people }, by whether they { $programme ->
    [finsam] met
   *[other] took up
} { $treatment } at any time. A description: chance did not part these groups, and no test is made.
axis-first-stage = Percentage points
caption-first-stage = Effect of the offer on take-up in each { $programme ->
    [finsam] draw
   *[other] block
}, with { $level }% intervals; the dashed line is the effect in all
alt-first-stage = Points with { $level }% intervals: the effect of the offer on take-up, in percentage points, in { $count ->
    [one] one block: { $low }
   *[other] { $count } blocks: from { $low } to { $high }
}.{ $known ->
    [0] { " " }The effect in all is not shown.
   *[other] { " " }In all it is { $mean }.
}{ $hidden ->
    [0] { "" }
    [one] { " " }One block is not shown.
   *[other] { " " }The effects in { $hidden } blocks are not shown.
}
head-amount = Horizon and measure
amounts-group = { $outcome }, after { $horizon }
amounts-any = Share with any
amounts-mean = Mean
amounts-winsorised = Mean, extremes drawn in
amounts-median = Median
amounts-upper_quarter = Upper quartile
amounts-upper_tenth = Upper decile
note-amounts = Share with any: people with an amount above zero. Extremes drawn in: amounts above the 99th percentile are set to it. These and the mean are adjusted by Lin's regression, with HC2 standard errors and { $level }% intervals from the t distribution. Quantiles: the difference between the arms in the quantile, each block weighted alike in both arms, with standard errors and percentile intervals { $many ->
    [1] found by inverting the distribution functions of the arms
   *[other] from a bootstrap within blocks and arms
}; – where the quantile is zero in both arms.
amounts-said = { $effect } ({ $low } to { $high })
amounts-any-text = { $horizon } after randomisation { $mean } per cent of { $control } have any. { $verdict ->
    [up] More have any in the support arm, by { $said }.
    [down] Fewer have any in the support arm: the difference is { $said }.
   *[unclear] No difference in this could be shown: it is { $said }.
}
amounts-winsorised-text = With the largest amounts drawn in, the effect on the mean is { $said }, { $same ->
    [1] which is read in the same way as the main estimate.
   *[0] which is not read in the same way as the main estimate.
}
amounts-at = { $name }, { $said }
amounts-moved = The arms differ at these places of the distribution: { $items }.
amounts-still = No difference could be shown at these: { $items }.
amounts-zero = No difference with an interval can be given at these: { $items }.
note-levels = Adjusted effects within each group, with { $level }% intervals in parentheses.{ $two ->
    [1] { " " }Difference: effect in the second group minus effect in the first, with HC2 standard error and interval.
   *[0] { "" }
} p: Wald test that the effects are equal. q: sharpened false-discovery-rate value over the tests of all variables and horizons in a family of outcomes.
note-group-people = People behind the effects: { $groups }.
group-people = { $name } { $n }
group-lost = { $group } ({ $items })
note-lost-too_few_events = Not estimated, fewer than { $events } people with (or without) the outcome in all or fewer than { $arm } in an arm: { $groups }.
note-lost-too_few_in_group = Not estimated, too few people: { $groups }.
note-lost-too_few_people = Not estimated, fewer than two people with the outcome in an arm: { $groups }.
note-lost-no_variation = Not estimated, everybody has the same value: { $groups }.
note-lost-undetermined = Not estimated, too few people for a standard error: { $groups }.
note-register-subgroups = Adjusted effects within each group, with { $level }% intervals in parentheses. N: people of the group with the outcome, in both arms. –: not estimated.
head-test-p = p, { $horizon }
head-test-q = q, { $horizon }
note-register-interactions = Each row asks whether the effect on the outcome is the same in all levels of the variable. p: Wald test from the t or F distribution, with HC2 standard errors. q: sharpened false-discovery-rate value over the tests of all variables and horizons in a family of outcomes. –: some level is not estimated.
register-tests = { $tests ->
    [one] One test asks whether the effect differs.
   *[other] Whether the effect differs is asked by { $number } tests, one for each { $several ->
        [1] variable, outcome and horizon
       *[0] outcome and horizon
    }.
} { $small ->
    [0] { $tests ->
        [one] Its p-value is above 0.05, so no difference is claimed.
       *[other] Not one of them has a p-value of 0.05 or less, so no difference is claimed.
    }
    [one] By itself one has a p-value of 0.05 or less.
   *[other] By themselves { $small_number } have a p-value of 0.05 or less.
}{ $kept ->
    [-1] { "" }
    [0] { " " }Once the number of tests is taken into account none has a q-value of 0.05 or less, so no difference is claimed.
    [one] { " " }Once the number of tests is taken into account one keeps a q-value of 0.05 or less: { $items }.
   *[other] { " " }Once the number of tests is taken into account these keep a q-value of 0.05 or less: { $items }.
}
register-test-item = { $outcome } after { $horizon } by { $variable } (q { $q })
group-effect = { $effect } ({ $low } to { $high })
levels-lead = The effects after { $horizon } are given in the order “{ $first }” and “{ $second }”, with { $level } per cent intervals in parentheses: { $items }.
levels-item = { $outcome }, { $first } and { $second }
entry-differences = { $count ->
    [one] The difference between late and early was estimated once.
   *[other] The difference between late and early was estimated { $number } times, for each outcome at each horizon.
} { $up ->
    [0] { $down ->
        [0] Every interval includes zero.
       *[other] Its interval lies below zero, so that the effect is lower among those who came late, for { $down_items }. It never lies above zero.
    }
   *[other] Its interval lies above zero, so that the effect is higher among those who came late, for { $up_items }. { $down ->
        [0] It never lies below zero.
       *[other] It lies below zero for { $down_items }.
    }
}
subgroups-caution = An effect whose interval excludes zero in one group and not in another is no evidence that they differ.
caption-register-subgroups = Effect of the offer in subgroups after { $horizon } on { $items }, each in its own unit, with { $level }% intervals; the dashed line is the effect among all
alt-register-subgroups = Panels of points with { $level }% intervals, one panel per outcome and one row per subgroup. { $lines }
axis-own-unit = { $support } minus { $control }, in the unit of each panel
short-fixed_effects = Fixed effects
note-register-robustness = Estimates with { $level }% intervals in parentheses, each in the unit of the effect.
note-register-spec-lin = Adjusted: the main estimate.
note-register-spec-unadjusted = Unadjusted: difference in means within blocks.
note-register-spec-fixed_effects = Fixed effects: a regression on the arm, the characteristics and a dummy for each block, without their products, so that a block counts by how precise it is and not by its size.
note-register-spec-no_blocks = Without blocks: difference in means of all people together, which is fair only if the chance of an offer is the same in every block.
register-robust = { $effects ->
    [one] The main effect
   *[other] Each of the { $effects_number } main effects
} was estimated in { $number } ways. { $differing ->
    [0] { $effects ->
        [one] Its reading, by whether the interval excludes zero and on which side, is the same in all of them.
       *[other] For every one the reading, by whether the interval excludes zero and on which side, is the same in all of them.
    }
   *[other] The reading, by whether the interval excludes zero and on which side, changes for: { $items }. For the others it is the same in all of them.
} No estimate lies further from the main one than { $shift } of its standard errors.
register-robust-item = { $outcome } after { $horizon } ({ $specs })
caption-register-specifications = The effect on each outcome after { $horizon } in every specification, each outcome in its own unit, with { $level }% intervals; the dashed line is the main estimate
alt-register-specifications = Panels of points with { $level }% intervals, one panel per outcome and one row per specification. { $lines }
turn-lead = An effect may change its sign along the way. What follows counts only { $level } per cent pointwise intervals that exclude zero.
turn-item = **{ $outcome }**: the effect lies { $first ->
    [down] below zero { $early } and above zero { $late }
   *[up] above zero { $early } and below zero { $late }
}. { $band ->
    [both] The simultaneous band, too, lies on both sides of zero at these times, so that the turn is more than chance among many points.
    [above] The simultaneous band excludes zero only where the effect lies above it, so that what lies below may be chance among many points.
    [below] The simultaneous band excludes zero only where the effect lies below it, so that what lies above may be chance among many points.
   *[none] The simultaneous band always includes zero, so that the turn may be chance among many points.
}
turn-stretch = { $count ->
    [one] after { $first } { $unit }s
   *[other] { $gaps ->
        [1] in { $count } of the { $unit }s from { $first } to { $last }
       *[0] from { $first } to { $last } { $unit }s
    }
}
turn-none = No outcome has { $level } per cent pointwise intervals below zero at some time and above zero at another, so that nothing here speaks of an effect that changes its sign.
turn-others = { $count ->
    [0] { "" }
    [one] For the other outcome followed over time the intervals that exclude zero all lie on one side.
   *[other] For each of the other { $number } outcomes followed over time the intervals that exclude zero, if any, all lie on one side.
}
wage-unclear = How an effect on wages hangs together with months in jobs that the state helps to pay for is not worked out, since the sums over { $horizon } do not both show an effect.
wage-arithmetic = **Wages and subsidised months.** Over { $horizon } the effect on { $outcome }, summed, is { $wage }. Over the same time the offer adds { $months } { $unit }s in { $jobs } together. Among { $control } a { $unit } of work of any kind goes with { $pay } on average. At that rate the added { $unit }s come to { $amount }, which is { $share } per cent of the effect on wages. This is arithmetic and no effect: what the added { $unit }s pay is not observed, and somebody may have two kinds of work in one { $unit }. It shows how far the effect on wages can follow from the subsidised { $unit }s as such.

## Register: courses and costs

head-within = Within
head-measure = Measure
head-state = State
head-months-after = { $count ->
    [0] At the end
    [one] After { $count } month
   *[other] After { $count } months
}
head-estimate = Estimate
state-other = Something else
row-people-known = People whose state is known
note-first-event = Per cent who have had a first period with the outcome, block-weighted; the end of follow-up ends the wait without one. The difference is in percentage points, with its standard error in parentheses.
note-transitions = Per cent of those whose first spell ended and whose state is known. A person who is in several states counts in the first of them.
first-event = Within the follow-up, { $clear ->
    [1] the first period of “{ $outcome }” comes sooner { $sooner ->
        [support] among { $support } than among { $control }
       *[control] among { $control } than among { $support }
    }
   *[0] no difference could be shown in how soon the first period of “{ $outcome }” comes
} (log-rank test within blocks, p { $p }).
costs-cost = Cost of the programme
costs-willingness = Gain of participants
costs-net_cost = Net cost to the public purse
costs-net_value = Net value for both
costs-mvpf = Marginal value of public funds (gain over net cost)
note-costs = Per person offered support, discounted at { $rate } per cent a year. Assumed: { $currency } { $cost } per participant, { $tax } per cent of further pay goes to the purse, paying out costs { $administration } per cent. { $deadweight ->
    [1] Raising public money has a cost of its own, counted in the net value.
   *[0] Raising public money is taken to cost nothing.
} Intervals of amounts from the joint covariance of all months, those of the ratio from draws.
costs-text = Up to { $horizon } after randomisation { $verdict ->
    [up] the offer costs the public purse more than it brings in
    [down] the offer brings the public purse more than it costs
   *[other] it cannot be told whether the offer costs the public purse more than it brings in
}: the net cost per person offered support is { $net } ({ $low } to { $high }). { $gain ->
    [up] Participants gain.
    [down] Participants lose.
   *[other] Whether participants gain cannot be told apart from chance.
} { $even ->
    [1] By the estimate the purse has its money back after { $period }.
   *[0] By the estimate the purse does not have its money back within that time.
} Every assumption stands in the study file, and none of them is tested here.

## Register: calendar time, other definitions
register-other-horizons = The horizons between are in the table.
head-mean-control = Mean, { $control }
head-main-definition = Main definition (s.e.)
note-take-up-by = Per cent of each arm who had { $programme ->
    [finsam] met a team
   *[other] taken up support
} by then, block-weighted. The difference has Neyman’s standard error within blocks.
note-alternatives = Adjusted effects with HC2 standard errors and intervals from the t distribution, each in its own unit. Main definition: the effect on the main outcome at the same horizon, in the unit of that outcome.
alternative-of = { $other }, beside { $main }
alternatives = { $count ->
    [one] One effect was estimated with another definition of its outcome.
   *[other] In { $number } cases an effect was estimated with another definition of its outcome as well.
} { $differing ->
    [0] Whether the interval excludes zero, and on which side, is the same with both definitions.
   *[other] Whether the interval excludes zero, and on which side, is another matter for: { $items }. For the others it is the same with both definitions.
}
alternative-item = { $outcome } after { $horizon }
exits = Up to { $horizon } after randomisation some people left the registers. { $items } They are followed until then.
exit-death = { $shown ->
    [1] { $support_n } { $support } and { $control_n } { $control } died.
   *[0] How many died is not shown, to protect the few.
}
exit-emigration = { $shown ->
    [1] { $support_n } { $support } and { $control_n } { $control } emigrated.
   *[0] How many emigrated is not shown, to protect the few.
}
first-event-exits = { $death ->
    [competing] Death competes with the event: those who died can no longer have it, and the shares are of all people
   *[censoring] Death ends the follow-up, as if those who died would have fared like the others
}. { $emigration ->
    [competing] Emigration competes with the event in the same way.
   *[censoring] Emigration ends the follow-up, as if those who left would have fared like those who stayed.
}
left-out = { $blocks ->
    [one] One block is left out, because everybody in it was offered support or nobody was, so that chance decided nothing there.
   *[other] { $number } blocks are left out, because everybody in them was offered support or nobody was, so that chance decided nothing there.
} { $known ->
    [1] { $n } people belong to { $blocks ->
        [one] it
       *[other] them
    }. They are not counted in what follows.
   *[0] Its people are not counted in what follows.
}
calendar-differences = { $count ->
    [one] The difference between after and before was estimated once.
   *[other] The difference between after and before was estimated { $number } times, for each outcome at each horizon that lies on both sides.
} { $up ->
    [0] { $down ->
        [0] Every interval includes zero.
       *[other] Its interval lies below zero for { $down_items }. It never lies above zero.
    }
   *[other] Its interval lies above zero for { $up_items }. { $down ->
        [0] It never lies below zero.
       *[other] It lies below zero for { $down_items }.
    }
}

## Register: people drawn later

short-first_draw = By first draw (main)
short-censored = Up to a later draw
short-stacked = Every draw
short-stacked_undiluted = Every draw, undiluted
later-censored = up to a later draw
later-stacked = every draw
later-stacked_undiluted = every draw undiluted
head-later-in = In a later draw
head-later-drawn = Drawn in one
head-later-share = Drawn, per cent
head-later-largest = Largest weight
head-later-effective = Effective number
later-not-estimated = not estimated
note-later-people = Counted among all { $control }, from each person's first draw.
note-later-weights = Largest weight: before the largest are drawn in. Effective number: how many people with equal weights would tell as much as those who are still followed.
note-later-first_draw = By first draw: the main estimate, whatever happens later.
note-later-censored = Up to a later draw: people of the control arm are followed until they are drawn, with weights for those who are no longer followed; adjusted.
note-later-stacked = Every draw: each draw as an experiment of its own, adjusted, errors clustered by person; a person may be in several. After each time it rests on the draws that are followed so long.
note-later-stacked_undiluted = Every draw, undiluted: what the effects of every draw imply for being drawn against never being drawn.
note-later-not-estimated = Not estimated: too few people or events are left, or months are missing before.
later-people = { $shown ->
    [none] None of the { $all } { $control } was drawn in a later draw within { $horizon }.
    [hidden] How many of the { $control } were drawn in a later draw is not shown, since the number would tell of fewer than five people.
   *[some] { $known ->
        [1] Of the { $all } { $control }, { $listed } took part in a later draw within { $horizon }, and { $drawn } ({ $share } per cent of the arm) were drawn in one.
       *[0] Of the { $all } { $control }, { $drawn } ({ $share } per cent) were drawn in a later draw within { $horizon }.
    }
}
later-manner-censored = **Up to a later draw.** People of the control arm are followed up to the month in which they are drawn. Those who are still followed are weighted to stand for those who are not. This presumes that chance decides among those who are in a draw, or that what else decides is among the characteristics known at the start, and that the list of who was in which draw is complete.
later-weights = After { $horizon } { $hidden ->
    [1] those still followed
   *[0] the { $people } still followed
} tell as much as { $effective } people with equal weights, and the largest weight is { $largest }.
later-manner-stacked = **Every draw.** Each draw is an experiment among those who were in it and had not been drawn before. The months count from that draw. This presumes that in a draw everybody has the same chance, whether there for the first time or again. These effects are diluted in the same way as the main ones.
later-manner-stacked_undiluted = **Every draw, undiluted.** The effects of every draw, and how many are drawn how much later, imply an effect of being drawn against never being drawn. This presumes, beyond what every draw does, that an effect hangs on the months since a person's own draw alone, and is the same at a first draw as at a later one.
later-no-stack = Every draw as an experiment of its own was asked for and is not estimated: { $why ->
    [months_missing] it needs the outcomes of every month up to the last horizon, and the table does not have them all.
   *[too_many_rows] there are too many people in too many draws for it to be worked out in reasonable time.
}
later-findings = { $effects ->
    [one] The main effect
   *[other] Each of { $number } main effects
} can be held against at least one other manner. { $differing ->
    [0] { $effects ->
        [one] The reading, by whether the interval excludes zero and on which side, is the same in all of them.
       *[other] For every one the reading, by whether the interval excludes zero and on which side, is the same in all of them.
    }
   *[other] The reading, by whether the interval excludes zero and on which side, changes for: { $items }.{ $effects ->
        [one] { "" }
       *[other] { " " }For the others, if any, it is the same in all of them.
    }
} No estimate lies further from the main one than { $shift } of its standard errors.
later-further = Against never being drawn ({ $manner }), { $clear ->
    [one] the one effect whose main interval excludes zero is { $further ->
        [0] not further from zero than by first draw.
       *[other] further from zero than by first draw.
    }
   *[other] { $further ->
        [0] none of the { $number } effects whose main interval excludes zero is further from zero than by first draw.
        [one] one of the { $number } effects whose main interval excludes zero is further from zero than by first draw.
       *[other] { $many } of the { $number } effects whose main interval excludes zero are further from zero than by first draw.
    }
}
caption-register-later = The effect on each outcome after { $horizon } by first draw and in other manners, each outcome in its own unit, with { $level }% intervals; the dashed line is the main estimate
alt-register-later = Panels of points with { $level }% intervals, one panel per outcome and one row per manner. { $lines }

## Municipality: figures
unit-percent-long = Per cent
axis-points-long = Percentage points
axis-since-joining = Years since joining
axis-municipality-weight = Weight, per cent
axis-municipality-t = t statistic
axis-municipality-draws = Per cent of draws
axis-municipality-smoothness = Bend allowed, percentage points a year
axis-municipality-relative = Change allowed, times the largest before
municipality-all-ages = All ages
municipality-since = { $way ->
    [at] in the year of joining
    [before] { $count ->
        [one] one year before
       *[other] { $count } years before
    }
   *[after] { $count ->
        [one] one year after
       *[other] { $count } years after
    }
}
municipality-entry-new = New members in the year
municipality-entry-all = Joined so far
municipality-in-all-members = { $count } municipalities have joined
municipality-in-all-associations = { $count } associations with a member
municipality-never = Not joined by { $last }
municipality-joined = Joined { $span }
municipality-pretest = Years before, tested together: p { $p }
municipality-pretest-none = Years before: no test
panel-municipality-sex = { $outcome }, { $sex ->
    [women] women
   *[men] men
}
legend-municipality-cs = { $comparison ->
    [never] Against never
   *[not_yet] Against not yet
}
legend-municipality-never = Against never
legend-municipality-not_yet = Against not yet
legend-municipality-dr = Doubly robust
legend-municipality-imputation = Imputation
legend-municipality-twfe = Two-way regression
municipality-every-county = with every county
municipality-without-county = without county { $county }
municipality-county = County { $county }
municipality-kind-treated_never = Joining against not joining
municipality-kind-earlier_later = Joining against joining later
municipality-kind-later_earlier = Joining against having joined already
municipality-kind-treated_always = Joining against members from the start
municipality-permutation-p = By permutation: p { $p }
municipality-breakdown = { $zero ->
    [1] { $kind ->
        [relative] Includes zero with parallel trends already
       *[smoothness] Includes zero without any bend already
    }
   *[0] { $kind ->
        [relative] Includes zero from { $bound } times
       *[smoothness] Includes zero from a bend of { $bound }
    }
}
municipality-breakdown-none = Not known from where on it includes zero
caption-municipality-entry = Municipalities that joined an association, by year{ $associations ->
    [0] { "" }
   *[1] , and municipalities and associations in all
}{ $hollow ->
    [0] { "" }
   *[other] ; hollow: joined too early or too late to be seen both before and after, as the outcomes are those of { $first }–{ $last }
}
caption-municipality-means = Average of each outcome by year, for municipalities by when they joined; lines are thick in the years of joining{ $cut ->
    [none] { "" }
    [all] ; the axes do not begin at zero
   *[some] ; the axis does not begin at zero for: { $names }
}
caption-municipality-course = Effect of membership by years since joining, with pointwise { $level }% intervals (lines){ $band ->
    [0] { "" }
   *[1] { " " }and simultaneous { $level }% bands (boxes)
}; years before joining are shaded, and the hollow point is the year that the others are measured from{ $pages ->
    [one] { "" }
   *[other] ; shown: { $outcomes }
}
caption-municipality-course-sex = Effect of membership on women and on men by years since joining, with pointwise { $level }% intervals (lines){ $band ->
    [0] { "" }
   *[1] { " " }and simultaneous { $level }% bands (boxes)
}; years before joining are shaded{ $pages ->
    [one] { "" }
   *[other] ; shown: { $outcomes }
}
caption-municipality-course-estimators = Effect of membership by years since joining, by three estimators, with pointwise { $level }% intervals; years before joining are shaded
caption-municipality-forest = Effect of membership by sex and age, with { $level }% intervals; each outcome has its own scale
caption-municipality-estimators = Effect of membership by estimator, with { $level }% intervals; the dashed line is the main estimate, and each outcome has its own scale
caption-municipality-bacon = What the two-way regression is an average of: the weight and the effect of every comparison of two groups of municipalities by year of joining; the dashed line is the regression’s estimate
caption-municipality-sensitivity = { $kind ->
    [relative] { $level }% intervals for the effect over the first years, if trends may differ after joining by so many times the largest change seen before
   *[smoothness] { $level }% intervals for the effect over the first years, if the difference in trends may bend by so much from one year to the next, up to the largest bend seen before joining
} (average over { $years ->
    [one] one year
   *[other] { $years } years
}); from the dashed line on the interval includes zero
caption-municipality-permutation = { $points ->
    [1] Effects
   *[0] t statistics of effects
} that chance alone gives: the years of joining were given to other municipalities { $draws } times; the line is what was found, the dashed line the same with the other sign
caption-municipality-leave-out = Effect of membership without each county, with { $level }% intervals; the dashed line is the effect with every county, and each outcome has its own scale
alt-municipality-entry = Bar chart of the municipalities that joined in each year: { $items }. { $ends ->
    [none] { "" }
   *[other] By { $last }: { $ends }.
}{ $known ->
    [1] { " " }Never joined: { $never }.
   *[0] { "" }
}
alt-municipality-means = Line charts of plain averages by year, per cent. { $lines }
alt-municipality-mean = { $group } { $start } in { $first }, { $end } in { $last }
alt-municipality-course = Effects by years since joining, in percentage points, as points with { $level }% intervals, and bands that hold for all years together. { $lines }
alt-municipality-course-line = { $name }: { $first } { $start }{ $several ->
    [1] , { $last } { $end }
   *[0] { "" }
}. { $years ->
    [0] { "" }
    [one] The band of that year { $clear ->
        [0] includes
       *[other] excludes
    } zero.
   *[other] The band excludes zero in { $clear } of { $years } years from joining on.
} { $test }.
alt-municipality-course-estimators = Effects by years since joining, in percentage points, by estimator; the last year shown of each: { $lines }
alt-municipality-forest = Effects by sex and age, in percentage points, as points with intervals. { $lines }
alt-municipality-estimators = Effects by estimator, in percentage points, as points with { $level }% intervals. { $lines }
alt-municipality-leave-out = Effects without each county, in percentage points, as points with { $level }% intervals. { $lines }
alt-municipality-bacon = Scatter plots of the weight of comparisons against their effects, in percentage points. { $lines }
alt-municipality-bacon-line = { $kind }: { $weight } per cent of the weight, effect { $effect }
alt-municipality-permutation = Histograms of { $points ->
    [1] effects that chance gives, in percentage points
   *[0] t statistics that chance gives
}. { $lines }
alt-municipality-permutation-line = { $name }: found { $found }, p { $p }.
alt-municipality-sensitivity = { $kind ->
    [relative] Intervals by how many times the largest change before joining is allowed, in percentage points.
   *[smoothness] Intervals by how much the difference of trends may bend, in percentage points.
} { $lines }
alt-municipality-sensitivity-line = { $bound }: { $interval }

## The municipalities

municipality-sex-all = All
municipality-sex-women = Women
municipality-sex-men = Men
municipality-head-year = Year
municipality-head-joined = Municipalities that joined
municipality-head-members = Members in all
municipality-head-associations = Associations
municipality-head-later = Joined later
municipality-head-never = Had not joined
municipality-head-effect-se = Effect (s.e.)
municipality-head-family = Family-wise p
municipality-head-mean = Mean of others, per cent
municipality-head-age = Age
municipality-head-found = Effect found
municipality-head-since = Years since joining
municipality-head-wald = Test (d.f.)
municipality-head-slope = Trend, { $power }%
municipality-head-bias = Effect of the { $power }% trend
municipality-head-parallel = If trends are parallel
municipality-head-straight = If they part on a straight line
municipality-head-bend = If they bend as much as before
municipality-head-change = If they part as much as before
municipality-head-bend-limit = Bend that overturns
municipality-head-change-limit = Parting that overturns
municipality-head-kind = Comparison
municipality-head-weight = Weight, per cent
municipality-head-choice = Choice
municipality-errors = Standard errors alone, everybody
municipality-row-never = Had not joined in any of these years
municipality-row-twfe = Regression as a whole
municipality-by-group = By year of joining
municipality-by-calendar = By calendar year
municipality-comparison-treated_never = Against never members
municipality-comparison-earlier_later = Against later members
municipality-comparison-later_earlier = Against earlier members
municipality-comparison-treated_always = Against those from the start
municipality-short-cs = Main estimate
municipality-short-cs_group = Mean by year of joining
municipality-short-cs_event = Mean by years since joining
municipality-short-cs_calendar = Mean by calendar year
municipality-short-never = Against never members
municipality-short-not_yet = Against not yet members
municipality-short-dr = Doubly robust
municipality-short-weighted = Weighted by population
municipality-short-unweighted = Without weights
municipality-short-cluster_association = Clusters: associations
municipality-short-cluster_municipality = Clusters: municipalities
municipality-short-uncorrected = Without correction
municipality-short-bootstrap = Bootstrap
municipality-short-anticipation = { $years ->
    [one] One year of anticipation
   *[other] { $years } years of anticipation
}
municipality-short-drop_late = Without late members
municipality-short-imputation = Imputation
municipality-short-twfe = Two-way regression
municipality-short-county_trends = Two-way, county trends
municipality-note-entry = Members in all: all that have joined up to and including the year.{ $always ->
    [1] { " " }Those that joined in or before { $first }, the first year with outcomes, have no part in the effects.
   *[0] { "" }
}{ $after ->
    [1] { " " }Outcomes end in { $last }; those that joined afterwards count as not having joined.
   *[0] { "" }
}
municipality-note-before = Averages over municipalities, in the years before the first of them joined. Outcomes are in per cent, their differences in percentage points. Standard errors allow the two groups to vary differently.
municipality-note-effects = Effects in percentage points, averaged over all years of membership of all members. s.e.: standard error, clustered by { $cluster ->
    [association] association
   *[municipality] municipality
}. Family-wise p and q (false discovery rate) take together the outcomes of a family, among all, women and men. Mean of others: the average among those that members are compared with.
municipality-note-sizes = { $same ->
    [1] The effects are those of { $members } members, held against up to { $others } municipalities.
   *[0] The effects are those of { $members } to { $most } members, held against up to { $others } to { $others_most } municipalities.
}
municipality-note-ages = Effects in percentage points of the group, with { $level }% intervals.
municipality-note-mde = Percentage points. The smallest true effect for which the { $level }% interval would exclude zero with a probability of { $power } per cent, from the standard errors found.
municipality-note-others = Effects in percentage points, estimated like the main ones. They are not counted among the outcomes of a family.
municipality-note-course = Percentage points, with standard errors in parentheses. Year 0 is the year of joining. { $base ->
    [universal] Every effect is measured from the same year, the last { $anticipation ->
        [0] before joining
       *[other] before joining is anticipated
    }.
   *[varying] Differences before joining are measured from one year to the next, effects from the last year before joining.
}
municipality-note-averages = Percentage points, with standard errors in parentheses. By year of joining: the average over all years of membership of those that joined in that year. By calendar year: the average over all that were members in that year.
municipality-note-trends = Test: whether the differences before joining are all zero, with an F distribution that allows for the number of clusters (d.f.: how many differences). Trend: a straight-line difference in trends, in percentage points a year, that the test would have found with that probability. Effect of the trend: what it would add to the estimate if it went on after joining. Effect found: the average over years since joining, each counted alike, in percentage points.
municipality-note-sensitivity = Percentage points, averaged over { $years ->
    [one] the year of joining
   *[other] the first { $number } years of membership
}; { $level }% intervals. Bend: how much the slope of the difference in trends changes from one year to the next, in points a year. Parting: how much the difference changes from one year to the next, in multiples of the largest such change before joining. As before: as much as the largest seen before joining. Overturns: the smallest for which the interval includes zero; nought where it always does.
municipality-note-estimators = Effects in percentage points, with standard errors in parentheses, among everybody.
municipality-note-choices = Effects in percentage points, with standard errors in parentheses.
municipality-note-bacon = Never members: not joined when the outcomes end. Later members: those that join later, in the years before they do. Earlier members: those that have joined already. Weights sum to 100 per cent and are the same for every outcome, unless a dash stands there. Effects in percentage points: the average over the comparisons of a kind.
municipality-note-never = Never members: municipalities that had not joined when the outcomes end.
municipality-note-dr = Doubly robust: adjusted for the declared characteristics, right if either the model of the outcome or that of joining is.
municipality-note-weighted = Weighted: by the number of people before the first municipality joined.
municipality-note-cluster_association = Clusters of associations: municipalities of an association may be hit by the same events.
municipality-note-uncorrected = Without correction: standard errors as the estimator was published, without correction for small groups.
municipality-note-bootstrap = Bootstrap: { $draws } draws of multipliers.
municipality-note-anticipation = Anticipation: effects may begin that long before joining.
municipality-note-drop_late = Late members: those that joined in { $late } or after are left out.
municipality-note-county_trends = County trends: every county has a straight line of its own.
municipality-entry = Outcomes are known for { $all } municipalities from { $first } to { $last }. { $years ->
    [0] None of them joined an association in these years after the first.
    [one] Of these, { $joined } joined an association, all in { $peak }.
   *[other] Of these, { $joined } joined an association between { $from_year } and { $to_year }, most of them in { $peak } ({ $most }).
} { $rest ->
    [0] By { $last } all had joined.
   *[other] In { $last } there were { $outside } that had not joined{ $after ->
        [0] { "" }
       *[other] , of which { $after_number } did so later
    }.
}
municipality-entry-always = { $number } had joined in or before { $first }. They were never seen without membership in these data and are left out of all effects.
municipality-entry-left = { $number } left { $count ->
    [one] its
   *[other] their
} association again and { $count ->
    [one] counts
   *[other] count
} as { $count ->
    [one] a member
   *[other] members
} from joining on.
municipality-entry-merged = { $number } merged with another municipality and { $count ->
    [one] is
   *[other] are
} counted together with it in all years.
municipality-entry-alone = For { $number } of the members no association is named.
municipality-entry-silent = { $number } { $count ->
    [one] has
   *[other] have
} no outcomes at all and { $count ->
    [one] is
   *[other] are
} left out.
municipality-entry-unbalanced = { $number } { $count ->
    [one] lacks
   *[other] lack
} some outcome in some year; { $count ->
    [one] it enters
   *[other] they enter
} each comparison for which { $count ->
    [one] its
   *[other] their
} outcomes are known.
municipality-compared = { $comparison ->
    [never] Members are compared with municipalities that had not joined when the data end.
   *[not_yet] Members are compared, in every year, with the municipalities that have not joined by then, whether or not they do so later.
}{ $anticipation ->
    [0] { "" }
    [one] { " " }Effects may begin one year before joining, so that the comparison starts from the year before that.
   *[other] { " " }Effects may begin { $anticipation } years before joining, so that the comparison starts from the year before that.
}
municipality-before = { $apart ->
    [0] In none of the { $number } characteristics could a difference be shown between those that joined later and those that did not: every { $level } per cent interval includes zero.
   *[other] Before anyone joined, those that joined later and those that did not were unlike in { $apart_number } of { $number } characteristics, as far as { $level } per cent intervals tell: { $items }.
}
municipality-before-item = { $name } ({ $verdict ->
    [up] higher among those that joined later
   *[down] lower among those that joined later
})
municipality-lead = Effects are in percentage points of the group, averaged over all years of membership: what members had, less what they would have had if they had developed like those they are compared with. Parentheses hold the { $level } per cent interval.
municipality-finding = **{ $outcome }.** { $verdict ->
    [up] Higher with membership than without, by { $effect } percentage points ({ $low } to { $high }).
    [down] Lower with membership than without, by { $effect } percentage points ({ $low } to { $high }).
    [unclear] No effect of joining could be shown. The estimate is { $effect } percentage points ({ $low } to { $high }).
   *[unknown] The effect could not be estimated with an interval, or is not shown.
}{ $known ->
    [1] { " " }Among those that members are compared with, the average is { $mean } per cent.
   *[0] { "" }
}
municipality-sexes = The effect is { $women } among women and { $men } among men. { $tested ->
    [1] { $differ ->
        [1] The two differ, by { $gap }.
       *[0] That they differ could not be shown: the difference is { $gap }.
    }
   *[0] { "" }
}
municipality-sexes-untested = Whether an effect differs between women and men is not tested. That one of two intervals excludes zero and the other does not is no such test.
municipality-together = { $clear ->
    [0] Of the { $number } effects in the table, none has an interval that excludes zero.
   *[other] Of the { $number } effects in the table, { $clear_number } { $clear ->
        [one] has an interval that excludes zero
       *[other] have intervals that exclude zero
    }. Some would do so by chance alone, since so many are tested. { $lost ->
        [0] { $clear ->
            [one] It keeps
           *[other] All of them keep
        } a q-value of at most 0.05
       *[other] A q-value of at most 0.05 is kept by { $kept } of them, and not by { $items }
    }. By the stricter family-wise test, { $wise } of them { $wise_count ->
        [one] remains
       *[other] remain
    }.
}
municipality-ages = There are { $number } effects by sex and age. { $clear ->
    [0] None of them has an interval that excludes zero.
   *[other] The interval of { $clear_number } of them excludes zero. About { $chance } would do so by chance if joining changed nothing. A q-value of at most 0.05, which takes account of how many were tested, is kept by { $kept_number }.
}
municipality-ages-line = **{ $outcome }**, { $verdict ->
    [up] higher
   *[down] lower
} among { $items }.
municipality-ages-item = { $group }: { $pair }
municipality-key = **{ $outcome }:** { $verdict ->
    [unknown] not estimated.
   *[other] { $pair } percentage points. { $verdict ->
        [better] Favourable.
        [worse] Unfavourable.
        [higher] Higher with membership.
        [lower] Lower with membership.
       *[unclear] No effect could be shown.
    }
}{ $sexes ->
    [1] { " " }Women { $women }, men { $men }.
   *[0] { "" }
}
municipality-key-lead = Of { $all } municipalities, { $joined } joined an association after { $first } and not later than { $last }. { $some ->
    [1] They are compared with municipalities that { $comparison ->
        [never] had not joined when the data end
       *[not_yet] had not joined by then
    }. Effects are averages over the years of membership, with { $level } per cent intervals in parentheses. They hold only if, without joining, members would have developed like the others.
   *[0] No effect of joining can be estimated.
}
municipality-key-apart = Before joining, members and the others already moved apart in: { $items }.
municipality-key-weak = { $weak ->
    [0] { $count ->
        [one] The effect that is shown would still be if
       *[other] The effects that are shown would still be if
    } members and others had parted in a year after joining as much as they ever did in one before.
   *[other] { $count ->
        [one] The effect that is shown would no longer be
       *[other] { $all ->
            [1] { $count ->
                [2] Neither of the two
               *[other] None of the { $number }
            } effects that are shown would still be
           *[0] Of the { $number } effects that are shown, { $weak_number } would no longer be
        }
    } if members and others had parted in a year after joining as much as they ever did in one before.
}
municipality-mde = An effect among everybody of { $low } to { $high } percentage points, depending on the outcome, would have been found with a probability of { $power } per cent. { $count ->
    [0] { "" }
   *[other] Where no effect could be shown, an effect smaller than this may well exist: { $items }.
}
municipality-mde-item = { $outcome }: { $size }
municipality-course = **{ $outcome }.** { $same ->
    [1] In the year of joining the effect is { $start } percentage points.
   *[0] In the year of joining the effect is { $start } percentage points, after { $at ->
        [one] one year
       *[other] { $at } years
    } { $end }.
} { $clear ->
    [0] The band that holds for all years at once includes zero in each of the { $years_number } years shown from joining on.
   *[other] The band that holds for all years at once lies { $side ->
        [down] below zero
        [up] above zero
       *[both] on one side of zero
    } in { $number } of the { $years_number } years shown from joining on.
}
municipality-trends-none = Trends before joining could not be tested: too few years lie before joining, or too few municipalities join.
municipality-trends = { $found ->
    [0] { $count ->
        [one] The test does not find that trends parted before joining for the main outcome
       *[other] For none of the { $number } main outcomes does the test find that trends parted before joining
    } (at the 5 per cent level).
   *[other] The test finds that trends parted before joining for: { $items }. What is found there after joining may be more of the same.
}
municipality-trends-item = { $outcome } (p { $p })
municipality-trends-power = A test that finds nothing does not prove that trends were alike. For “{ $outcome }”, a difference in trends of { $slope } percentage points a year would have been found with a probability of 80 per cent. Such a trend, going on after joining, would move the average effect over the years since joining, which is { $effect }, by { $bias }. { $could ->
    [0] For no outcome would a trend of the size that the test finds with that probability be enough to bring about the estimate.
   *[other] A trend that the test finds with no more than that probability would be enough to bring about the whole estimate for { $all ->
        [1] every outcome
       *[0] { $items }
    }. The test alone therefore does not settle the matter.
}
municipality-sensitivity = The effect asked about is the average over { $years ->
    [one] the year of joining
   *[other] the first { $number } years of membership
}.
municipality-sensitivity-none = How far trends may depart from parallel cannot be said here, since too few years lie around joining, or their effects have no common base.
municipality-sensitivity-item = **{ $outcome }:** { $holds ->
    [1] if trends may part on a straight line, the interval still excludes zero ({ $interval }). It includes zero once the line may bend by { $bend } points a year from one year to the next{ $sized ->
        [1] , { $share } times the largest bend seen before joining
       *[0] { "" }
    }.
   *[0] if trends may part on a straight line, the interval includes zero ({ $interval }).
}{ $change ->
    [some] { " " }Held against the largest change of the difference in a year before joining, it includes zero once changes after joining may be { $times } times as large.
    [zero] { " " }Held against the largest change of the difference in a year before joining, it includes zero even if no such change is allowed after joining.
   *[none] { "" }
}
municipality-twfe = { $nearer ->
    [0] For none of the { $number } outcomes is the estimate of the two-way regression nearer to zero than the main one.
   *[other] For { $nearer_number } of { $number } outcomes the estimate of the two-way regression is nearer to zero than the main one.
} The two are furthest apart, measured in standard errors of the main one, for “{ $outcome }”: { $twfe } against { $main }, a distance of { $errors } standard errors.
municipality-bacon = In the regression, comparisons of later members with earlier ones, which are members already, have a weight of { $share } per cent. In these, an effect that goes on growing among the earlier members is taken for a trend of everybody, and is subtracted.
municipality-robust = Beside the main estimate there are { $specs } others. { $differing ->
    [0] { $count ->
        [one] Whether the interval excludes zero, and on which side, is the same in all of them.
       *[other] For all { $number } outcomes, whether the interval excludes zero, and on which side, is the same in all of them.
    }
   *[other] Whether the interval excludes zero, and on which side, depends on the choice for: { $items }.{ $differing ->
        [one] { "" }
       *[other] { "" }
    }
} The largest distance from a main estimate is { $shift } of its standard errors.
municipality-robust-item = { $outcome } ({ $verdict ->
    [unclear] includes zero in the main estimate, excludes it with
   *[other] excludes zero in the main estimate, otherwise with
}: { $specs })
municipality-leave = Without one county after the other, { $counties } in all, the effects lie in these ranges: { $items }. { $moved ->
    [0] Whether the interval excludes zero does not depend on any single county.
   *[other] Whether the interval excludes zero depends on a single county for: { $moved_items }.
}
municipality-leave-item = { $outcome }, { $low } to { $high } (with all, { $effect })
municipality-leave-moved = { $outcome } (without county { $counties })
municipality-permutation = In { $draws } exchanges, dates of joining were given to municipalities at random, each date as often as it occurs. The share of exchanges whose { $kind ->
    [simple] effect
   *[other] t-value in the two-way regression
} is at least as far from zero as the one found is the p-value: { $items }. { $apart ->
    [0] This agrees with the intervals of the main effects for every outcome.
   *[other] This and the interval of the main effect say different things for: { $names }.
}
municipality-permutation-item = { $outcome }, p { $p }
municipality-placebo = { $found ->
    [0] { $count ->
        [one] For the outcome that membership should not touch
       *[other] For the outcomes that membership should not touch
    }, no effect could be shown: { $items }.
   *[other] Membership seems to change what it should not touch: { $items }. This is a sign that members would have developed otherwise even without joining.
}
municipality-substitution = **{ $pieces } together.** { $opposite ->
    [1] { $verdict ->
        [unclear] The effects on the pieces go in opposite directions, and no effect on their sum could be shown: { $pair }. This is what would be seen if people moved from the one to the other. It is also what would be seen if other people left the one than came into the other. That the same people moved is an interpretation, which shares of a population cannot prove.
       *[other] The effects on the pieces go in opposite directions, but their sum changes as well: { $pair }. A mere move from the one to the other would leave the sum as it is, so it cannot be the whole matter.
    }
   *[0] { $verdict ->
        [unclear] No effect on the sum could be shown: { $pair }. Since the effects on the pieces are not both clear with opposite signs, nothing here speaks for a move of people from the one to the other, and nothing rules it out.
       *[other] The sum changes by { $pair }. The effects on the pieces are not both clear with opposite signs.
    }
}
municipality-not-estimated = { $count ->
    [one] One effect could not be estimated, or only without an interval
   *[other] { $number } effects could not be estimated, or only without an interval
}: { $items }.
municipality-reason = { $reason ->
    [no_values] { $number } because there are no outcomes
    [nobody_joins] { $number } because nobody joins within the data
    [no_variation] { $number } because the outcome has one value throughout
    [no_base] { $number } because no year before joining is observed
    [no_treated] { $number } because no member is observed
    [no_comparison] { $number } because no municipality is left to compare with
    [no_spread] { $number } because a single member, or a single municipality to compare with, has no spread
    [overlap] { $number } because members and others have no characteristics in common
    [singular] { $number } because the characteristics cannot be told apart
   *[other] { $number } for another reason
}

## Register: before randomisation, courses
head-period = Period
note-placebo = Adjusted differences with HC2 standard errors, and intervals and p-values from the t distribution. Periods are counted from randomisation, up to zero before it; at most three are shown. The figure of monthly effects has all of them.
placebo = { $count ->
    [one] One difference was estimated before randomisation.
   *[other] Before randomisation { $number } differences were estimated, for each outcome and period.
} { $clear ->
    [0] { $count ->
        [one] Its interval includes zero.
       *[other] The interval of every one includes zero.
    }
    [one] The interval of one of them excludes zero: { $items }. By chance alone { $expected } would on average.
   *[other] The intervals of { $clear_number } of them exclude zero: { $items }. By chance alone { $expected } would on average.
}
axis-percent = Per cent
axis-months-after = Months since the end of the first spell
caption-transitions = Where people are after the end of their first spell of “{ $outcome }”, by arm, in per cent of those whose state is known{ $hidden ->
    [0] { "" }
   *[1] ; empty: a share of so few that it is not shown
}
alt-transitions = Two panels of stacked bars with shares by month, one for each arm. { $lines }
alt-transitions-line = { $arm }, { $month } months after: { $items } per cent.
caption-first-event = Share who have had a first period of “{ $outcome }”, by arm and time since randomisation, with { $level }% intervals
alt-first-event = Two rising curves, one for each arm. { $lines }
alt-first-event-line = { $arm }: { $share } per cent after { $horizon }.
work-condition = **Worked { $unit }s and { $right }.** Among { $control }, { $mean } per cent have worked in at least { $periods } of the last { $within } { $unit }s when { $horizon } have passed. The offer changes this share by { $built }{ $clear ->
    [up] , so that more have worked long enough
    [down] , so that fewer have worked long enough
   *[unclear] , which cannot be told apart from no change
}. The recorded share with the right itself changes by { $recorded }{ $also ->
    [1] , read in the same way
   *[0] , which is not read in the same way
}. The first is counted from the states of work in the register. Other conditions of the right are not seen there.
