# Words of the report in English. Numbers arrive formatted; a plural is chosen by a plain count.

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
        [one] The difference keeps a sharpened q-value of { $q-limit } or less once it is taken into account that several outcomes were tested together.
       *[other] { $number ->
            [two] Both
           *[other] All { $number }
        } differences whose intervals exclude zero keep a sharpened q-value of { $q-limit } or less once it is taken into account that several outcomes were tested together.
    }
   *[other] { $hits ->
        [0] Once it is taken into account that several outcomes were tested together, { $clear ->
            [one] the difference does not keep
           *[other] none of the differences keeps
        } a sharpened q-value of { $q-limit } or less.
       *[other] Once it is taken into account that several outcomes were tested together, the differences keep a sharpened q-value of { $q-limit } or less, except for { $items }.
    }
}
survey-size = Measured in standard deviations among { $control }, the adjusted effects lie between { $smallest } ({ $smallest-item }) and { $largest } ({ $largest-item }).
reading-q = { $several ->
    [0] Only one effect is tested, so nothing has to be adjusted for the number of tests.
   *[other] When several outcomes are tested, some will differ by chance alone. The q-value takes this into account within each family of outcomes. If every outcome with a q-value of at most { $q-limit } is said to differ, at most about one in twenty of these statements is expected to be wrong. The q-value speaks of such a list as a whole. It may be smaller than the p-value when other effects in the family are clear, so an outcome whose own interval includes zero should not be singled out on its q-value.
}
summary-several = { $several ->
    [0] { "" }
   *[other] Each verdict above goes by its own interval. Where many outcomes are tested, some will stand out by chance alone. The findings name those that are no longer clear when all tests are counted, and the chapters on results give the q-values that show it.
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
note-spec-better_answer = Better answer: probability that somebody of the support arm answered better than somebody of the control arm, ties counted half; one half means no difference.
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
        [one] Its randomisation p-value is above { $q-limit }.
       *[other] Not one has a randomisation p-value of { $q-limit } or less.
    }
    [one] { $tests ->
        [one] Its randomisation p-value is { $q-limit } or less.
       *[other] One has a randomisation p-value of { $q-limit } or less.
    }
   *[other] By themselves { $small_number } have a randomisation p-value of { $q-limit } or less.
} { $kept ->
    [0] Once the number of tests is taken into account, none has a q-value of { $q-limit } or less, so no difference between subgroups is claimed.
    [one] Once the number of tests is taken into account, one has a q-value of { $q-limit } or less: { $items }.
   *[other] Once the number of tests is taken into account, these have a q-value of { $q-limit } or less: { $items }.
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
note-agreement = Kappa: agreement of two coders beyond what chance would give; one is full agreement. The decisions on several themes of one text are not independent, so that all of them together have no interval.
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
} a q-value of { $q-limit } or less, and { $wise ->
    [0] none keeps
    [one] one keeps
   *[other] { $wise_number } keep
} a family-wise p-value of { $q-limit } or less.
group-not-estimated = not estimated
