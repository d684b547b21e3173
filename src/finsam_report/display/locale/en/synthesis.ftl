## What the parts say together

synthesis-at = { $outcome } after { $horizon }
synthesis-item = { $outcome } ({ $effect })
synthesis-question-organisation = What do the associations reach?
synthesis-reach = The participants were between { $low } and { $high } per cent of the people whom such support is meant for ({ $year }).
synthesis-question-municipality = Do municipalities that join an association develop otherwise?
synthesis-question-survey = Does the offer of support change what people answer?
synthesis-question-register = Does the offer of support change what is recorded about people?
synthesis-answer = **{ $question }** { $verdict }
synthesis-word-yes = Yes.
synthesis-word-no = No.
synthesis-word-partly_better = In part.
synthesis-word-partly_worse = No.
synthesis-word-differs = The answers differ.
synthesis-word-none = That cannot be shown.
synthesis-word-neutral = That cannot be judged.
synthesis-word-open = The study leaves this open: there is no estimate that bears on it.
synthesis-all-open = { $count ->
    [0] { "" }
    [one] The study leaves the question open: there is no estimate that bears on it.
   *[other] The study leaves all { $count } questions about effects open: there is no estimate that bears on them.
}
synthesis-verdict-yes = Yes. { $count ->
    [one] The one effect that bears on the question is favourable.
   *[other] Every effect that bears on the question is favourable.
}
synthesis-verdict-no = No. { $count ->
    [one] The one effect that bears on the question is unfavourable.
   *[other] Every effect that bears on the question is unfavourable.
}
synthesis-verdict-partly_better = In part. Where the study can judge a difference, it is favourable.{ $unclear ->
    [0] { "" }
   *[other] { " " }Other effects that bear on the question cannot be told apart from zero.
}{ $neutral ->
    [0] { "" }
   *[other] { " " }There are also differences of which the study calls neither direction better.
}
synthesis-verdict-partly_worse = No. Where the study can judge a difference, it is unfavourable.{ $unclear ->
    [0] { "" }
   *[other] { " " }Other effects that bear on the question cannot be told apart from zero.
}{ $neutral ->
    [0] { "" }
   *[other] { " " }There are also differences of which the study calls neither direction better.
}
synthesis-verdict-differs = The answers differ. Some effects that bear on the question are favourable and others unfavourable.
synthesis-verdict-none = That cannot be shown. { $count ->
    [one] The one effect that bears on the question cannot be told apart from zero.
   *[other] No effect that bears on the question can be told apart from zero.
}
synthesis-verdict-neutral = There is a difference, but the study calls neither direction better.{ $unclear ->
    [0] { "" }
   *[other] { " " }Other effects that bear on the question cannot be told apart from zero.
}
synthesis-verdict-open = The study leaves this open: there is no estimate that bears on the question.
synthesis-chance = { $count ->
    [one] But this one difference is no longer clear when all tests are counted, so that it may be chance.
   *[other] But none of these differences is clear when all tests are counted, so that they may be chance.
}
synthesis-basis = { $part ->
    [survey] This rests on what people answer, and not on what was seen to happen.
   *[other] This rests on whole municipalities, and says nothing of which people changed.
}
synthesis-part = { $part ->
    [municipality] *Municipalities:*
    [survey] *Survey:*
   *[register] *Register:*
} { $clauses }.
synthesis-better = favourable for { $items }
synthesis-worse = unfavourable for { $items }
synthesis-higher = higher, which is called neither better nor worse, for { $items }
synthesis-lower = lower, which is called neither better nor worse, for { $items }
synthesis-unclear = no difference can be shown for { $items }
synthesis-missing = no estimate for { $items }
synthesis-the-municipality = the municipalities
synthesis-the-survey = the survey
synthesis-the-register = the register
synthesis-side-better = Favourable where something can be shown: { $parts }.
synthesis-side-worse = Unfavourable where something can be shown: { $parts }.
synthesis-side-mixed = Favourable in some outcomes and unfavourable in others: { $parts }.
synthesis-side-neutral = A difference of which neither direction is called better: { $parts }.
synthesis-side-none = No difference that can be shown: { $parts }.
synthesis-agree-lead = { $count ->
    [one] More than one part bears on one of the questions:
   *[other] More than one part bears on each of these questions:
}
synthesis-agree = **{ $question }** { $kind ->
    [same] The parts agree.
    [apart] The parts, or the outcomes within a part, point in different directions.
    [part] The parts agree only as far as one that shows a difference can agree with one that shows none.
   *[unlike] The parts cannot be set against one another, because one of them shows a difference that is not judged.
} { $sides }
synthesis-experiments = { $kind ->
    [same] { $survey ->
        [better] What people answer and what is recorded point the same way: where a difference can be shown, it is favourable in both experiments.
        [worse] What people answer and what is recorded point the same way: where a difference can be shown, it is unfavourable in both experiments.
        [none] The two experiments say the same: no difference can be shown, neither in what people answer nor in what is recorded.
       *[other] In both experiments there are differences of which the study calls neither direction better.
    }
    [survey] People who are offered support answer { $survey ->
        [better] more favourably on some items, while no difference can be shown in what is recorded. Brighter answers are then not matched by events
       *[other] less favourably on some items, while no difference can be shown in what is recorded. Darker answers are then not matched by events
    }, at least not by any that the register experiment could show.
    [register] What is recorded shows { $register ->
        [better] favourable differences, while none can be shown in what people answer. Events may come without brighter answers, or the survey may be too small to show them.
        [worse] unfavourable differences, while none can be shown in what people answer. Events may come without darker answers, or the survey may be too small to show them.
       *[other] differences of which the study calls neither direction better, while none can be shown in what people answer.
    }
    [apart] { $survey ->
        [mixed] The survey by itself points in both directions{ $register ->
            [mixed] , and so does the register
            [better] , and what is recorded is favourable where a difference can be shown
            [worse] , and what is recorded is unfavourable where a difference can be shown
            [none] , and in the register no difference can be shown
           *[other] , and in the register there are differences that are called neither better nor worse
        }.
        [better] { $register ->
            [mixed] People answer more favourably where a difference can be shown, but what is recorded points in both directions.
           *[other] The two experiments contradict one another: people answer more favourably, but what is recorded is unfavourable.
        }
        [worse] { $register ->
            [mixed] People answer less favourably where a difference can be shown, and what is recorded points in both directions.
           *[other] The two experiments contradict one another: people answer less favourably, but what is recorded is favourable.
        }
       *[other] What is recorded points in both directions, and in the survey no difference can be shown.
    }
   *[unlike] { $survey ->
        [better] People answer more favourably where a difference can be shown. In what is recorded there are differences of which the study calls neither direction better, so that the two cannot be set against one another.
       *[other] People answer less favourably where a difference can be shown. In what is recorded there are differences of which the study calls neither direction better, so that the two cannot be set against one another.
    }
}
synthesis-people = { $same ->
    [1] Both follow the same people.
   *[0] The two experiments have different people, places and times. They can point the same way, but one is no repetition of the other.
}

## How sure the claims are

evidence-head-outcome = Effect on
evidence-head-part = Part
evidence-head-effect = Estimate and interval
evidence-head-reads = Direction
evidence-head-doubts = Doubts
evidence-part-municipality = Municipalities
evidence-part-survey = Survey
evidence-part-register = Register
evidence-better = favourable
evidence-worse = unfavourable
evidence-higher = higher
evidence-lower = lower
evidence-unclear = not known
evidence-level-high = High certainty
evidence-level-moderate = Moderate certainty
evidence-level-low = Low certainty
evidence-level-very_low = Very low certainty
evidence-doubt-zero = includes zero
evidence-doubt-several = many tests
evidence-doubt-answers = own answers
evidence-doubt-lost = people missing
evidence-doubt-trends = trends before
evidence-doubt-fragile = trends after
evidence-doubt-estimator = other estimator
evidence-note = Certainty is about the direction of an effect, by the rules in the text. { $level } per cent intervals.
evidence-unit = { $part ->
    [municipality] municipalities
    [survey] survey
   *[register] register
}: { $units }
evidence-units = Units, where no currency is named: { $items }.
evidence-number = a number
evidence-count = { $number } { $count ->
    [one] is
   *[other] are
} { $step ->
    [high] of high certainty
    [moderate] of moderate certainty
    [low] of low certainty
   *[very_low] of very low certainty
}
evidence-doubt-count = { $doubt } ({ $number })
evidence-steps = { $count ->
    [one] One effect is rated: { $steps }.
   *[other] { $all ->
        [1] All { $number } effects that are rated are { $step ->
            [high] of high certainty
            [moderate] of moderate certainty
            [low] of low certainty
           *[very_low] of very low certainty
        }.
       *[0] Of the { $number } effects that are rated, { $steps }.
    }
}
evidence-why = { $some ->
    [0] No doubt takes any certainty away.
   *[other] What takes certainty away, with the number of effects: { $doubts }.
}
evidence-rule-start = { $trial ->
    [0] Chance did not decide which municipalities join, so that the effects start one step below the highest, at moderate certainty.
   *[other] Where chance decided who was offered support, an effect starts at high certainty.{ $municipality ->
        [0] { "" }
       *[other] { " " }Chance did not decide which municipalities join, so that effects on them start one step lower, at moderate certainty.
    }
} Then each of these doubts takes away one step, if nothing else is said, down to very low certainty:
evidence-rule-zero = **Interval includes zero.** The direction is not known then. This takes the effect to very low certainty at once, and no other doubt is looked into.
evidence-rule-several = **Many tests.** The q-value, which counts the tests of the same family, is above { $q }. This takes away two steps, because an effect that is clear only by itself is what chance brings forth when much is tested.
evidence-rule-answers = **Own answers.** The effect is on what people say, and they know whether they were offered support.
evidence-rule-lost = **People missing.** { $survey ->
    [0] { "" }
   *[other] { $register ->
        [0] { "" }
       *[other] In the survey, { "" }
    }{ $register ->
        [0] Response
       *[other] response
    } differs between the arms, or the share that did not answer lies outside the cautious boundary of the What Works Clearinghouse.
}{ $register ->
    [0] { "" }
   *[other] { $survey ->
        [0] { "" }
       *[other] { " " }In the register, { "" }
    }{ $survey ->
        [0] Fewer
       *[other] fewer
    } than { $followed } per cent of those randomised are followed for so long.
}
evidence-rule-trends = **Trends before.** Members and the others had already moved apart before joining: the test of the years before has a p-value of { $q } or less.
evidence-rule-fragile = **Trends after.** The effect would no longer be clear if members and the others had parted in a year after joining as much as they ever did in a year before, or it is not known whether it would.
evidence-rule-estimator = **Other estimator.** { $trial ->
    [0] The estimate by imputation
   *[other] { $municipality ->
        [0] The unadjusted estimate
       *[other] The unadjusted estimate of an experiment, or the estimate by imputation for municipalities,
    }
} does not show an effect with the same sign.

## How some results can be read

reading-turn-item = { $outcome }, { $first ->
    [down] at first below zero and later above it
   *[up] at first above zero and later below it
}{ $sure ->
    [1] { "" }
   *[0] , though the turn may be chance among many points in time
}
reading-turn = **Effects that turn.** { $count ->
    [0] No effect on what is recorded is clearly below zero at one time and clearly above it at another.
    [one] One effect changes its sign along the way: { $items }. One number for the whole time would hide that.
   *[other] Some effects change their sign along the way: { $items }. One number for the whole time would hide that.
}
reading-wages = **Wages and subsidised jobs.** At the pay that goes with work among people without the offer, the added time in { $jobs } comes to { $share } per cent of the effect on { $outcome }, summed over the time. { $kind ->
    [all] The effect on wages can follow from the subsidised time alone, and need not mean that people earn more elsewhere.
    [half] Most of the effect on wages can follow from the subsidised time alone.
   *[less] Less than half of the effect on wages can follow from the subsidised time alone.
}
reading-condition = **{ $right }.** After { $horizon }, { $built ->
    [up] more people have worked long enough for the right than without the offer
    [down] fewer people have worked long enough for the right than without the offer
   *[unclear] it cannot be shown that the offer changes how many have worked long enough for the right
}. { $built ->
    [up] { $recorded ->
        [up] The recorded right rises too, as it should if work earns it.
        [down] Yet the recorded right falls, so that work does not explain it.
       *[unclear] No change can be shown in the recorded right itself, so that it is not established that work has led to the right.
    }
    [down] { $recorded ->
        [up] Yet the recorded right rises, so that work does not explain it.
        [down] The recorded right falls too, as it should if work earns it.
       *[unclear] No change can be shown in the recorded right itself, so that it is not established that the right was lost.
    }
   *[unclear] { $recorded ->
        [up] The recorded right rises nevertheless, and work that was seen does not explain it.
        [down] The recorded right falls nevertheless, and work that was seen does not explain it.
       *[unclear] Nor can it of the recorded right itself.
    }
}
reading-moved = **The same people?** The effects on { $pieces } go in opposite directions. { $verdict ->
    [unclear] No effect can be shown on their sum ({ $effect }), as it would be if the same people had moved from one to the other. The data do not follow people, so that this remains a reading.
    [up] Their sum rises ({ $effect }), so that people who moved from one to the other cannot explain all of it.
   *[down] Their sum falls ({ $effect }), so that people who moved from one to the other cannot explain all of it.
}

## What cannot be concluded

limit-ecological = **Whose life changed in a municipality.** The outcomes of municipalities are shares of everyone who lives there. A share can move although nobody who took part in an effort changed.
limit-chosen = **That joining alone made the difference.** Municipalities chose whether and when to join. What else changed at the same time in those that joined is counted as an effect of joining.
limit-no-municipality = **What associations mean for whole municipalities.** The study has no part on municipalities from which an effect is estimated.
limit-answers = **Whether people act as they answer.** The survey shows what people said { $month ->
    [one] { $month } month
   *[other] { $month } months
} after randomisation. They knew whether they had been offered support, and hope or disappointment at that may colour the answers.
limit-lost = **What those would have answered who did not.** So many did not answer, or so unequally in the arms, that the effects on the answers may be shaped by it.
limit-later = **What support does to { $control } once they get it.** The later survey went to them alone. Their change has nothing to be compared with, and is no effect.
limit-staff = **Whether staff or participants are right.** Staff answered about people they had met, and not about those who were not offered support.
limit-horizon = **What happens later than { $horizon } after randomisation.** Nothing is estimated beyond that.
limit-missing = **Anything on outcomes that were not estimated.** { $count ->
    [one] There is no effect and no absence of an effect to report for { $items }.
   *[other] There is no effect and no absence of an effect to report for: { $items }.
}
limit-met = { $programme ->
    [finsam] **What meeting a team does, from a comparison of those who met one with those who did not.**
   *[other] **What support does, from a comparison of those who took it up with those who did not.**
} They may have differed before. Only the comparison by what chance decided is free of that.
limit-places = **What the same support does elsewhere.** { $parts ->
    [1] The experiment was made
   *[other] The experiments were made
} among the people, in the places and in the years that are described. Other teams and other times may have other effects.
limit-displacement = **Whether work or support is only passed around.** If people with support get jobs, or attention, that people without it would have had, the difference between the arms is larger than the gain to all.
limit-linked = **Whether those who see their future more brightly are those who find work.** The two experiments do not follow the same people.
limit-no-survey = **How people see their own situation.** The study did not ask them.
limit-no-register = **Whether people find work or support themselves.** The study follows nobody in registers.
limit-no-trial = **What an offer of support does to the person who gets it.** The study has no experiment with people.
limit-before-after = **What efforts achieve by a comparison of before and after.** Many would have changed in any case. The changes among participants are no effects.

## Who takes part

known-people-none = This study has no figures on how many participants are registered with personal data.
known-people = In { $year }, { $share } per cent of the participants were registered with personal data{ $several ->
    [0] .
   *[1] , { $way ->
        [up] up from { $before } per cent in { $first }.
        [down] down from { $before } per cent in { $first }.
       *[same] the same share as in { $first }.
    }
}

## The report on one page

brief-item = { $outcome } ({ $effect }, { $favour ->
    [better] favourable
    [worse] unfavourable
    [higher] neither better nor worse
   *[lower] neither better nor worse
})
brief-clearest = { $all ->
    [1] { $count ->
        [one] The effect is on { $items }.
       *[other] The effects are on { $items }.
    }
   *[0] Among these are the effects on { $items }.
}
brief-earlier = Before the end it was otherwise for { $items }.
brief-earlier-item = { $outcome } ({ $favour ->
    [better] favourable
    [worse] unfavourable
    [higher] higher
   *[lower] lower
})
brief-part = { $part ->
    [municipality] *Municipalities.*
    [survey] *Survey.*
   *[register] *Register.*
} { $text }
brief-nothing = No effect could be estimated.
brief-associations = { $associations ->
    [one] At the end of { $year } there was { $associations_number } association
   *[other] At the end of { $year } there were { $associations_number } associations
}{ $same ->
    [1] , with { $members_number } { $members ->
        [one] municipality as member
       *[other] municipalities as members
    }
   *[0] ; at the end of { $member_year } they had { $members_number } { $members ->
        [one] municipality as member
       *[other] municipalities as members
    }
}.
brief-participants = { $count ->
    [one] In { $year }, { $number } person took part in efforts for individuals.
   *[other] In { $year }, { $number } people took part in efforts for individuals.
}
brief-missing = anything on what could not be estimated ({ $items })
brief-limits = The results leave open, among other things: { $items }.
brief-how = { $organisation ->
    [0] { "" }
   *[other] The associations and their activity are described from their own figures.{ " " }
}{ $municipality ->
    [0] { "" }
   *[other] Municipalities that joined an association are compared over the years with others; chance did not decide who joined.{ " " }
}{ $kind ->
    [both] In two experiments chance decided who was offered support. In one, people were asked in a survey { $months } later; in the other, they were followed in registers for up to { $horizon }.
    [same] In an experiment chance decided who was offered support. People were asked in a survey { $months } later, and followed in registers for up to { $horizon }.
    [survey] In an experiment chance decided who was offered support. People were asked in a survey { $months } later.
    [register] In an experiment chance decided who was offered support. People were followed in registers for up to { $horizon }.
   *[none] { "" }
}
brief-months = { $month ->
    [one] { $month } month
   *[other] { $month } months
}
brief-outcomes = { $count ->
    [one] one outcome in registers
   *[other] { $number } outcomes in registers
}
overview-survey = Survey
overview-register = Register, after { $horizon }
overview-municipality = Municipalities
overview-better = favourable
overview-worse = unfavourable
overview-higher = higher
overview-lower = lower
overview-unclear = includes zero
overview-axis = { $points ->
    [1] Percentage points
   *[0] Standard deviations of the arm without the offer
}
overview-caption = { $points ->
    [1] Effects of membership
   *[0] Effects of the offer, standardised
}, with { $level }% intervals (hollow: the interval includes zero)
overview-line = { $outcome }: { $effect } ({ $interval }){ $said ->
    [better] , favourable
    [worse] , unfavourable
    [higher] , higher
    [lower] , lower
   *[unclear] , the interval includes zero
}
overview-alt = { $points ->
    [1] Effects of membership in percentage points
   *[0] Effects of the offer in standard deviations
}, as points with intervals: { $lines }.
brief-question = { $programme ->
    [finsam] Coordination associations pay for support that several authorities give together, around one person and one plan. { $kind ->
        [people] Does it bring people closer to work and to supporting themselves?
        [places] Do municipalities that join an association develop otherwise than they would have done?
       *[activity] What do the associations do, and whom do they reach?
    }
   *[other] Does the offer of support make a difference to those who receive it?
}
brief-more = The full report, made from the same results, has every number with its method.
