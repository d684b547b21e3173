# Words of the report in English. Numbers arrive formatted; a plural is chosen by a plain count.

## Units, heads of columns

unit-percent = per cent
unit-points = percentage points
unit-scale = scale points
unit-sd = standard deviations
all = All
met-team = Met a team
not-shown = not shown
price-note = Amounts in { $currency } are in { $year } prices.
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
head-response = Response, per cent
head-response-difference = Difference, percentage points (s.e.)
head-block = Draw
head-group = Group
head-arm-n = { $arm }
head-met = Met
head-met-share = Per cent
head-horizons = Horizons, { $unit }s
head-reason = Reason
head-feature = Feature
head-survey = Survey experiment
head-register = Register experiment
head-file = File
head-rows = Rows
head-sha256 = SHA-256 (first 16 of 64 digits)
head-software = Software
head-version = Version
scale-up = { $low } to { $high }, higher is better
scale-down = { $low } to { $high }, lower is better
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

note-suppressed = { $mark } Not shown, because the number would rest on fewer than five people.
note-balance = Means are weighted by block size. The difference is the block-weighted difference in means with an HC2 standard error. The normalised difference is the difference in means divided by the average standard deviation of the arms.
note-balance-joint = All characteristics together: randomisation p { $p } ({ $support } and { $control } people).
note-effects-survey = Scale points. Unadjusted: block-weighted difference in means. Adjusted: Lin's regression with characteristics and answers at baseline where there are any. HC2 standard errors and { $level }% intervals from the t distribution. p: randomisation inference with { $draws } draws of the assignment, adjusted estimate. q: sharpened false-discovery-rate value within the family of items.
note-effects-register = Effects on shares are in percentage points. Unadjusted: block-weighted difference in means. Adjusted: Lin's regression with characteristics known at randomisation. HC2 standard errors and { $level }% intervals from the t distribution. p: randomisation inference with { $draws } draws of the assignment, adjusted estimate. q: sharpened false-discovery-rate value within each family of outcomes at the horizon.
note-late = Effect of the offer: the adjusted intention-to-treat effect. Effect per taker: two-stage least squares with the offer as instrument and the same controls, HC2 standard error and { $level }% interval from the t distribution. The Anderson–Rubin set stays valid when the offer moves take-up only weakly.
note-response = Response is the share of all who were randomised to the arm and sent the survey. The difference between the arms is block-weighted, with an HC2 standard error.
note-take-up = Met: the number who met a team at any time before the data end. Per cent: of those in the same arm and row.

## Reasons why something was not estimated

reason-too_few_events = Too rare: fewer than { $events } people with (or without) the outcome in all, or fewer than { $arm } in an arm
reason-no_variation = Everybody has the same value
reason-too_few_people = Fewer than two people with the outcome in an arm

## Flow diagrams

flow-randomised = Randomised
flow-met = Met { $treatment }
flow-not-met = Did not meet { $treatment }
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

caption-survey-effects = Effect of being offered support on each item, with intervals
caption-register-effects = { $several ->
    [0] Effect of being offered support on each outcome, with intervals
   *[other] Effect of being offered support on each outcome, by number of { $unit }s since randomisation, with intervals
}
caption-prevalence = Outcomes in both arms over time since randomisation
caption-monthly = Effect of being offered support over time since randomisation, with pointwise { $level }% bands
caption-take-up = Share of those offered who met a team, by draw
legend-adjusted = Adjusted
legend-unadjusted = Unadjusted
axis-scale-points = Scale points, { $support } minus { $control }
axis-effect = Effect, { $unit }
axis-since = { $unit ->
    [year] Years since randomisation
    [quarter] Quarters since randomisation
   *[month] Months since randomisation
}
axis-take-up = Per cent of those drawn who met a team
axis-all = All { $share }
alt-effects = Point estimates with intervals. { $lines }.
alt-prevalence = Line charts of each outcome by time since randomisation, { $support } against { $control }. After { $horizon }: { $lines }
alt-prevalence-line = { $outcome }: { $support } against { $control }.
alt-monthly = Line charts of the effect on each outcome over time, with bands. { $lines }
alt-monthly-line = { $outcome }: largest { $peak } after { $at }; { $end } (band { $low } to { $high }) after { $horizon }.
alt-take-up = Share of those drawn who met a team in each of { $count } draws: from { $low } to { $high } per cent; { $mean } per cent overall.

## Participation

survey-participation = In all, { $n } people were randomised: { $support-n } to the { $support } and { $control-n } to the { $control }. The survey that effects are measured with, { $month } months after randomisation, was answered by { $answered } of them, { $share } per cent. { $verdict ->
    [up] The response was higher in the { $support } than in the { $control }, by { $gap } percentage points ({ $level }% interval { $low } to { $high }), so that those who answered may differ between the arms in other ways too.
    [down] The response was lower in the { $support } than in the { $control }, by { $gap } percentage points ({ $level }% interval { $low } to { $high }), so that those who answered may differ between the arms in other ways too.
    [unclear] No difference in response between the arms could be shown: { $gap } percentage points ({ $level }% interval { $low } to { $high }).
   *[unknown] The difference in response between the arms is not shown.
}
register-participation = In all, { $n } people were randomised: { $support-n } { $support } and { $control-n } { $control }.
register-blocks = { $blocks ->
    [0] All were randomised together.
    [1] All were randomised together.
   *[other] Chance decided { $blocks } times, each time among others; every comparison is made within these blocks.
}
take-up = Of { $support }, { $met } per cent met { $treatment }; of { $control }, { $control-met } per cent did. The offer thus raised the share by { $effect } percentage points ({ $level }% interval { $low } to { $high }).

## Balance

balance-alike = At randomisation the arms show no more difference than chance would produce: for all { $count } characteristics together the randomisation p-value is { $p }. The largest normalised difference is { $largest } ({ $name }).
balance-unlike = At randomisation the arms differ more than chance alone would make likely: for all { $count } characteristics together the randomisation p-value is { $p }. The largest normalised difference is { $largest } ({ $name }). The adjusted estimates take the characteristics into account.
balance-alike-respondents = Among those who answered the primary survey the characteristics show no more difference than chance allows (randomisation p-value { $p }).
balance-unlike-respondents = Among those who answered the primary survey the characteristics differ more than chance alone would make likely (randomisation p-value { $p }).

## Findings: the survey

survey-better = { $support } answered more favourably than { $control } on { $items }.
survey-worse = { $support } answered less favourably than { $control } on { $items }.
survey-unclear = No difference between the arms could be shown for { $items }; each interval includes zero.
survey-unclear-all = No difference between the arms could be shown on any of the items: { $items }; each interval includes zero.
survey-unknown = Not shown, or not possible to estimate: { $items }.
item-detail = { $item } ({ $effect }, { $level }% interval { $low } to { $high })
family-q = { $clear ->
    [0] { "" }
   *[other] { $hits ->
        [0] None of these effects keeps a sharpened q-value of 0.05 or less once it is taken into account that several outcomes were tested together.
       *[other] Once it is taken into account that several outcomes were tested together, a sharpened q-value of 0.05 or less remains for { $items }.
    }
}
survey-size = Measured in standard deviations of the { $control }, the adjusted effects lie between { $smallest } ({ $smallest-item }) and { $largest } ({ $largest-item }).

## Findings: the register

finding-head = **{ $outcome }.**
finding-up = Higher among { $support } than among { $control }: by { $details }.
finding-down = Lower among { $support } than among { $control }: by { $details }.
finding-unclear = { $all ->
    [1] No difference could be shown: the estimate is { $details }.
   *[other] Otherwise no difference could be shown: the estimate is { $details }.
}
finding-unknown = Not shown or not estimated after { $horizons }.
finding-detail = { $effect } after { $horizon } ({ $level }% interval { $low } to { $high }; control mean { $control-mean })
## Effects per person who met a team

late-intro = { $share ->
    [full] Nearly everybody who was offered { $treatment } met one, so that the effect per person who did is close to the effect of the offer.
   *[part] The offer raised the share who met { $treatment } by { $first } percentage points. The effect per person who met one because of the offer is the effect of the offer divided by that share.
}
late-clear = The interval excludes zero for { $items }.
late-unclear = It includes zero for { $items }.
late-unclear-all = Every interval includes zero.

## Key findings

key-better = **Favourable differences for { $support }**, with { $level }% intervals: { $items }.
key-worse = **Unfavourable differences for { $support }**, with { $level }% intervals: { $items }.
key-unclear = **No difference could be shown:** { $items }.
key-not-estimated = **Not estimated:** { $items }.
key-effect = { $effect }, { $low } to { $high }
key-pair = { $effect } ({ $low } to { $high })
key-effects = { $pairs } { $unit } after { $horizons }
key-lead = Differences between { $support } and { $control }, with { $level }% intervals in parentheses:
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
   *[other] higher after { $horizons } among those offered support
}
key-verdict-lower = { $all ->
    [1] lower among those offered support
   *[other] lower after { $horizons } among those offered support
}
key-verdict-unclear = { $all ->
    [1] no difference could be shown
   *[other] no difference could be shown after { $horizons }
}
key-verdict-unknown = { $all ->
    [1] not shown
   *[other] not shown after { $horizons }
}
key-participation-survey = **Who took part:** { $n } people; { $share } per cent answered the survey { $month } months after randomisation.
key-participation-register = Chance divided { $n } people into { $support_n } { $support } and { $control_n } { $control }.{ $take_up ->
    [0] { "" }
   *[other] { " " }Of { $support }, { $met } per cent met { $treatment }.
}

## Other computed text

not-estimated = { $count ->
    [one] One outcome was not estimated at one horizon or more
   *[other] { $number } outcomes were not estimated at one horizon or more
}: { $items }. This is a statement about the data, not about the effect: with so few cases neither an effect nor its absence could be seen.
choices = Intervals have a level of { $level } per cent. Randomisation inference draws the assignment again { $draws } times; the seed is { $seed }.
suppression = { $count ->
    [0] No number had to be suppressed.
    [one] One row of the ledger was suppressed, because it rested on fewer than five people.
   *[other] { $count } rows of the ledger were suppressed, because they rested on fewer than five people or would have given away such a number.
}
about-truth = Because the data are synthetic, the true effects are known. Of the { $count } main adjusted effects of the offer, { $inside } have a { $level }% interval that contains the true effect; { $level } per cent would be expected on average over many such studies.
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
