# Words of the report in English. Numbers arrive formatted; a plural is chosen by a plain count.

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
note-amounts = Share with any: people with an amount above zero. Extremes drawn in: amounts above the { $extremes }th percentile are set to it. These and the mean are adjusted by Lin's regression, with HC2 standard errors and { $level }% intervals from the t distribution. Quantiles: the difference between the arms in the quantile, each block weighted alike in both arms, with standard errors and percentile intervals { $many ->
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
        [one] Its p-value is above { $q-limit }, so no difference is claimed.
       *[other] Not one of them has a p-value of { $q-limit } or less, so no difference is claimed.
    }
    [one] By itself one has a p-value of { $q-limit } or less.
   *[other] By themselves { $small_number } have a p-value of { $q-limit } or less.
}{ $kept ->
    [-1] { "" }
    [0] { " " }Once the number of tests is taken into account none has a q-value of { $q-limit } or less, so no difference is claimed.
    [one] { " " }Once the number of tests is taken into account one keeps a q-value of { $q-limit } or less: { $items }.
   *[other] { " " }Once the number of tests is taken into account these keep a q-value of { $q-limit } or less: { $items }.
}
register-test-item = { $outcome } after { $horizon } by { $variable } (q { $q })
group-effect = { $effect } ({ $low } to { $high })
levels-lead = The effects after { $horizon } are given in the order “{ $first }” and “{ $second }”, with { $level } per cent intervals in parentheses: { $items }.
levels-item = { $outcome }, { $first } and { $second }
entry-differences = { $count ->
    [one] The difference between late and early{ $mark } was estimated once.
   *[other] The difference between late and early{ $mark } was estimated { $number } times, for each outcome at each horizon.
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
wage-unclear = How an effect on wages hangs together with months in jobs that the state helps to pay for is not worked out, since the sums over { $horizon } do not both show a rise.
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
    [one] The difference between after and before{ $mark } was estimated once.
   *[other] The difference between after and before{ $mark } was estimated { $number } times, for each outcome at each horizon that lies on both sides.
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
head-later-high = High weight
head-later-effective = Effective number
later-not-estimated = not estimated
note-later-people = Counted among all { $control }, from each person's first draw.
note-later-weights = High weight: nineteen in twenty weights are not higher, before the highest are drawn in. Effective number: how many people with equal weights would tell as much as those who are still followed.
note-later-first_draw = By first draw: the main estimate, whatever happens later.
note-later-censored = Up to a later draw: people of the control arm are followed until they are drawn, with weights for those who are no longer followed; adjusted.
note-later-stacked = Every draw: each draw as an experiment of its own, adjusted, errors clustered by person; a person may be in several. After each time it rests on the draws that are followed so long.
note-later-stacked_undiluted = Every draw, undiluted: what the effects of every draw imply for being drawn against never being drawn.
note-later-not-estimated = Not estimated: too few people or events are left, or months are missing before.
later-people = { $shown ->
    [none] None of the { $all } { $control } was drawn in a later draw within { $horizon }.
    [hidden] How many of the { $control } were drawn in a later draw is not shown, since the number would tell of fewer than { $threshold } people.
   *[some] { $known ->
        [1] Of the { $all } { $control }, { $listed } took part in a later draw within { $horizon }, and { $drawn } ({ $share } per cent of the arm) were drawn in one.
       *[0] Of the { $all } { $control }, { $drawn } ({ $share } per cent) were drawn in a later draw within { $horizon }.
    }
}
later-manner-censored = **Up to a later draw.** People of the control arm are followed up to the month in which they are drawn. Those who are still followed are weighted to stand for those who are not. This presumes that chance decides among those who are in a draw, or that what else decides is among the characteristics known at the start, and that the list of who was in which draw is complete.
later-weights = After { $horizon } { $hidden ->
    [1] those still followed
   *[0] the { $people } still followed
} tell as much as { $effective } people with equal weights, and nineteen in twenty weights are at most { $high }.
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
caption-first-event = Share who have had a first period of “{ $outcome }”, by arm and time since randomisation, with { $level }% intervals{ $hidden ->
    [1] ; drawn straight on where too few more people had one for the number to be shown
   *[0] { "" }
}
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
