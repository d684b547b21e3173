# Words of the report in English. Numbers arrive formatted; a plural is chosen by a plain count.

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
municipality-note-course = Percentage points, with standard errors in parentheses. Years are counted from that of joining, which is zero. { $base ->
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
municipality-note-bacon = Never members: not joined when the outcomes end. Later members: those that join later, in the years before they do. Earlier members: those that have joined already. Weights are per cent of all comparisons and are the same for every outcome, unless a dash stands there. Effects in percentage points: the average over the comparisons of a kind.
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
municipality-sexes = The effect is { $women } among women{ $mark } and { $men } among men{ $mark }. { $tested ->
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
        } a q-value of at most { $q-limit }
       *[other] A q-value of at most { $q-limit } is kept by { $kept } of them, and not by { $items }
    }. By the stricter family-wise test, { $wise } of them { $wise_count ->
        [one] remains
       *[other] remain
    }.
}
municipality-ages = There are { $number } effects by sex and age{ $mark }. { $clear ->
    [0] None of them has an interval that excludes zero.
   *[other] The interval of { $clear_number } of them excludes zero. About { $chance } would do so by chance if joining changed nothing. A q-value of at most { $q-limit }, which takes account of how many were tested, is kept by { $kept_number }.
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
    [1] { " " }Women{ $mark } { $women }, men{ $mark } { $men }.
   *[0] { "" }
}
municipality-key-none = **No effect could be shown:** { $items }.
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
    } (at the { $q-percent } per cent level).
   *[other] The test finds that trends parted before joining for: { $items }. What is found there after joining may be more of the same.
}
municipality-trends-item = { $outcome } (p { $p })
municipality-trends-power = A test that finds nothing does not prove that trends were alike. For “{ $outcome }”, a difference in trends of { $slope } percentage points a year would have been found with a probability of { $pretest-power } per cent. Such a trend, going on after joining, would move the average effect over the years since joining, which is { $effect }, by { $bias }. { $could ->
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
