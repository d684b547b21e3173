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
head-known-data = Data
head-quantity = Quantity
head-reference = Reference
head-program = Program
head-sha256 = SHA-256 (first { $digits-shown } of { $digits } digits)
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

limit-largest = { $count ->
    [one] one person
   *[other] { $number } people
}
note-suppressed = { $mark } Not shown: the number would rest on fewer than { $threshold } people, or be an effect with fewer than { $model-minimum } in an arm, or give away one that does.
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
    } { $treatment } are not shown, because they would rest on fewer than { $threshold } people.
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

key-better = **Favourable differences:** { $items }.
key-worse = **Unfavourable differences:** { $items }.
key-unclear = **No difference could be shown:** { $items }.
key-unclear-ever = **No difference could be shown at any of these times:** { $items }.
key-not-estimated = **Not estimated:** { $items }.
key-item = { $item } { $pair }
key-pair = { $effect } ({ $low } to { $high })
key-effects = { $pairs } { $unit } after { $horizons }
key-effects-bare = { $pairs } after { $horizons }
key-lead = These are the effects of the offer at the last of the times named, with { $level } per cent intervals:
key-lead-survey = These are the effects of the offer in scale points, with { $level } per cent intervals:
key-tally-survey = **{ $better ->
    [0] { $worse ->
        [0] { $total ->
            [one] On the one item, no difference between { $support } and { $control } can be shown.
           *[other] On none of the { $all } items can a difference between { $support } and { $control } be shown.
        }
       *[other] { $support_first } answered less favourably than { $control } on { $total ->
            [one] the one item
           *[other] { $every ->
                [1] all { $all } items
               *[0] { $worse_words } of { $all } items, and more favourably on none
            }
        }.
    }
   *[other] { $worse ->
        [0] { $support_first } answered more favourably than { $control } on { $total ->
            [one] the one item
           *[other] { $every ->
                [1] all { $all } items
               *[0] { $better_words } of { $all } items, and less favourably on none
            }
        }.
       *[other] { $support_first } answered more favourably than { $control } on { $better_words } of { $all } items, and less favourably on { $worse_words }.
    }
}**
key-tally-register = **{ $same ->
    [1] After { $horizon }
   *[0] At the last time that each is followed to
}, { $total ->
    [one] { $better ->
        [0] { $worse ->
            [0] { $other ->
                [0] no difference between { $support } and { $control } can be shown in the one outcome.
               *[other] the one outcome differs between { $support } and { $control }, with neither direction called better.
            }
           *[other] the one outcome is less favourable among { $support } than among { $control }.
        }
       *[other] the one outcome is more favourable among { $support } than among { $control }.
    }
   *[other] { $better ->
        [0] { $worse ->
            [0] { $other ->
                [0] no difference between { $support } and { $control } can be shown in any of the { $all } outcomes.
               *[other] { $other_words } of { $all } outcomes { $other ->
                    [one] differs
                   *[other] differ
                } between { $support } and { $control }, with neither direction called better.
            }
           *[other] { $worse_words } of { $all } outcomes { $worse ->
                [one] is
               *[other] are
            } less favourable among { $support } than among { $control }, and none is more favourable.
        }
       *[other] { $better_words } of { $all } outcomes { $better ->
            [one] is
           *[other] are
        } more favourable among { $support } than among { $control }, and { $worse ->
            [0] none is less favourable
           *[other] { $worse_words } less favourable
        }.
    }
}**{ $judged ->
    [0] { "" }
   *[other] { $other ->
        [0] { "" }
        [one] { " " }One more differs, with neither direction called better.
       *[other] { " " }Besides, { $other_words } differ, with neither direction called better.
    }
}
key-tally-municipality = **{ $total ->
    [one] { $better ->
        [0] { $worse ->
            [0] { $other ->
                [0] No effect of joining can be shown on the one outcome.
               *[other] Joining goes with a difference in the one outcome, with neither direction called better.
            }
           *[other] The one outcome develops less favourably in municipalities that join.
        }
       *[other] The one outcome develops more favourably in municipalities that join.
    }
   *[other] { $better ->
        [0] { $worse ->
            [0] { $other ->
                [0] No effect of joining can be shown on any of the { $all } outcomes.
               *[other] Joining goes with a difference in { $other_words } of { $all } outcomes, with neither direction called better.
            }
           *[other] Of { $all } outcomes, { $worse_words } { $worse ->
                [one] develops
               *[other] develop
            } less favourably in municipalities that join, and none more favourably.
        }
       *[other] Of { $all } outcomes, { $better_words } { $better ->
            [one] develops
           *[other] develop
        } more favourably in municipalities that join, and { $worse ->
            [0] none
           *[other] { $worse_words }
        } less favourably.
    }
}**{ $judged ->
    [0] { "" }
   *[other] { $other ->
        [0] { "" }
        [one] { " " }One more differs, with neither direction called better.
       *[other] { " " }Besides, { $other_words } differ, with neither direction called better.
    }
}
key-many = { $all ->
    [1] What is clear by itself is no longer so when all tests are counted, and may be chance: { $items }.
   *[0] No longer clear when all tests are counted: { $items }.
}
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
    [one] One row of the ledger was suppressed, because it rested on too few people or would have given away such a number.
   *[other] In the ledger, { $number } rows were suppressed, because they rested on too few people or would have given away such a number.
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
