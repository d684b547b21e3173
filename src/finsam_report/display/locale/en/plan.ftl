# The analysis plan: the mark of what it does not have, deviations from it, and the plan itself.

exploratory-mark = [exploratory]
exploratory-note = { $mark } marks what is not in the analysis plan of { $day }.

plan-part-survey = Survey experiment
plan-part-register = Register experiment
plan-part-municipality = Municipalities
plan-the-survey = the survey experiment
plan-the-register = the register experiment
plan-the-municipality = the comparison of municipalities

plan-head-person = Settled by
plan-head-position = Position
plan-head-day = Date
plan-head-place = Registered at
plan-head-family = Family
plan-head-favourable = Favourable
plan-head-role = Role
plan-head-variable = Variable
plan-head-groups = Groups
plan-head-estimator = Estimator
plan-head-deviation = Deviation
plan-head-concerns = Concerns
plan-head-planned = In the plan
plan-head-made = In the study

plan-direction-up = Higher
plan-direction-down = Lower
plan-direction-none = Neither
plan-role-main = Main outcome
plan-role-followed = Followed beside the main outcomes
plan-role-alternative = Another definition of “{ $outcome }”
plan-role-placebo = Should not change: a check
plan-role-sum = Sum of other outcomes
plan-main = Main estimate
plan-beside = Beside it
plan-all = All outcomes and groups
plan-as-recorded = As recorded
plan-variable-sex = Sex
plan-variable-age = Age
plan-variable-calendar = Calendar time, { $label }
plan-primary-wave = Survey whose answers are the main ones
plan-wave = Survey { $wave }
plan-months = { $count ->
    [0] At randomisation
    [one] { $count } month
   *[other] { $count } months
}
plan-not-planned = Not planned
plan-planned = Planned
plan-not-made = Not in the study
plan-shown-exploratory = Shown as exploratory
plan-used = Shown

plan-estimator-trial-lin = Difference within blocks, adjusted for what was known at randomisation
plan-estimator-trial-unadjusted = Difference within blocks, unadjusted
plan-estimator-trial-2sls = Effect among those who take up support because of the offer
plan-estimator-trial-fixed_effects = Regression with an effect of each block
plan-estimator-trial-no_blocks = Difference without regard to blocks
plan-estimator-trial-winsorised = Amounts with their largest values drawn in
plan-estimator-trial-ipw = Those who answered, weighted to be like everybody
plan-estimator-trial-imputation = Missing answers imputed many times over
plan-estimator-trial-top_two = Share who give one of the best answers
plan-estimator-trial-better_answer = Chance of the better answer
plan-estimator-trial-ordered_logit = Ordered logit
plan-estimator-trial-lee = Bounds by Lee
plan-estimator-trial-manski = Bounds by Manski
plan-estimator-trial-censored = Control arm followed until a later draw, with weights
plan-estimator-trial-stacked = Every draw as an experiment of its own
plan-estimator-municipality-cs = Effects by cohort and year, averaged over years of membership
plan-estimator-municipality-never = Compared with municipalities that never join
plan-estimator-municipality-not_yet = Compared with municipalities that have not joined by then
plan-estimator-municipality-dr = Adjusted for characteristics, doubly robust
plan-estimator-municipality-weighted = Weighted by population
plan-estimator-municipality-unweighted = Every municipality with the same weight
plan-estimator-municipality-cluster_association = Errors clustered by association
plan-estimator-municipality-cluster_municipality = Errors clustered by municipality
plan-estimator-municipality-uncorrected = Errors without the correction for few clusters
plan-estimator-municipality-bootstrap = Errors by the multiplier bootstrap
plan-estimator-municipality-drop_late = Without municipalities that join late
plan-estimator-municipality-twfe = Regression on municipality and year
plan-estimator-municipality-county_trends = The same with a trend of each county
plan-estimator-municipality-imputation = Imputation of what would have been without membership
plan-estimator-anticipation = Effects allowed { $years ->
    [one] { $years } year
   *[other] { $years } years
} before joining

plan-setting-comparison = Comparison
plan-setting-comparison-not_yet = municipalities that have not joined by then
plan-setting-comparison-never = municipalities that never join
plan-setting-base = Base of differences before joining
plan-setting-base-universal = the last year before joining
plan-setting-base-varying = the year before
plan-setting-cluster = Clusters
plan-setting-cluster-municipality = municipality
plan-setting-cluster-association = association
plan-setting-weights = Weights
plan-setting-weights-none = every municipality counts the same
plan-setting-weights-population = municipalities count in proportion to their population
plan-setting-anticipation = Years before joining in which an effect is allowed
plan-anticipation = { $years ->
    [0] none
    [one] { $years } year
   *[other] { $years } years
}

deviation-part_added = Part without a plan
deviation-part_dropped = Planned part left out
deviation-outcome_added = Outcome added
deviation-outcome_dropped = Outcome left out
deviation-family = Other family
deviation-direction = Other favourable direction
deviation-primary = Other role
deviation-group_added = Groups added
deviation-group_dropped = Groups left out
deviation-group_changed = Groups cut elsewhere
deviation-horizon_added = Time added
deviation-horizon_dropped = Time left out
deviation-primary_wave = Other main survey
deviation-estimator_added = Estimator added
deviation-estimator_dropped = Estimator left out
deviation-setting = Other choice

plan-none = The study names no analysis plan. What was chosen before anyone saw the outcomes can therefore not be told from what was chosen afterwards, and nothing in this report is marked as exploratory.
plan-named = The study's analysis plan is dated { $day } and is kept in the file “{ $file }”. { $when ->
    [before] It is older than the first month in which chance decided, { $month }.
    [after] It is later than the first month in which chance decided, { $month }. It may therefore have been written by people who knew some of the outcomes, and what it has is no proof of what was meant from the start.
   *[unknown] Whether it is older than the data cannot be seen from the data.
}{ $registered ->
    [1] { " " }It is registered: { $registration }.
   *[0] { " " }The study does not say that it is registered anywhere.
}
deviations-none = The study is as planned: in { $parts } its outcomes, families and groups are those of the plan, and so are the times, estimators and other choices that the plan names. Nothing is exploratory.
deviations-some = { $count ->
    [one] { $number } point differs
   *[other] { $number } points differ
} between the study and its plan.
deviations-part-added = The plan says nothing of { $part }. All of it is exploratory.
deviations-part-dropped = The plan has { $part }, which this study does not have.
deviations-exploratory = Not in the plan for { $part }, and therefore exploratory: { $names }.
deviations-dropped = Planned for { $part } and not in the study: { $names }.

plan-about = This plan is for the study “{ $title }”. It has { $count ->
    [0] no part in which effects are estimated
    [one] one part in which effects are estimated: { $parts }
   *[other] these parts in which effects are estimated: { $parts }
}. Outcomes are to be followed until { $until }.
plan-assignment = In { $part } chance decides between { $support } and { $control }. The former are offered { $treatment }. { $count ->
    [0] There is one block: everybody is randomised against everybody.
    [one] Chance decides within blocks, which the column { $blocks } names.
   *[other] Chance decides within blocks, which the columns { $blocks } name together.
}{ $fixed ->
    [1] { " " }Of each block { $share } per cent are to be offered support.
   *[0] { " " }The share that is offered support is not fixed beforehand, and is taken from the assignment as it was made.
}{ $adjusted ->
    [1] { " " }The main estimate is adjusted for { $covariates }.
   *[0] { " " }Nothing but the blocks is known at randomisation, and so the main estimate is adjusted for nothing else.
}
plan-wave-arms = { $arms ->
    [both] {" "}(both arms)
    [support] {" "}(the arm with support only)
   *[control] {" "}(the control arm only)
}
plan-waves = The surveys are: { $waves }. The main effects are those on answers to survey { $primary }.{ $baseline ->
    [0] { "" }
   *[other] { " " }Answers to survey { $baseline } are used for adjustment.
}
plan-horizons = Main effects are read { $horizons } after randomisation.{ $path ->
    [1] { " " }They are also followed { $unit } by { $unit }, which shows a course and is no further set of tests.
   *[0] { "" }
} The effect on a share is not estimated where fewer than { $events } people have the event, or fewer than { $arm } in either arm. That is decided here, before anyone knows how many there will be.
plan-municipality = Municipalities that join an association are compared, from { $first } to { $last }, with { $comparison }. Differences are measured from { $base }, and shown from { $before } years before joining to { $after } years after it. { $years ->
    [0] No effect is allowed before joining.
    [one] An effect is allowed { $years } year before joining.
   *[other] An effect is allowed { $years } years before joining.
} Errors are clustered by { $cluster }, and { $weights }.
plan-disclosure = No number is shown that rests on fewer than { $threshold } people, no mean on fewer than { $mean }, and no model on fewer than { $model } people in an arm. No sum of amounts is shown of which { $largest } could have more than { $most } per cent. These limits are set before the results are known and hold for tables, figures, sentences and files alike.
plan-power = Intervals have a level of { $level } per cent. Smallest effects are reckoned for a power of { $power } per cent. Randomisation inference draws the assignment { $draws } times anew, from the seed { $seed }. { $count ->
    [0] No share of support is fixed in the study, so that the power depends on the assignment as it is made.
   *[other] Support is to be offered to { $shares }.
}
plan-share = { $share } per cent in { $part }
plan-file-said = The file `{ $file }` beside this document says the same for the program. Keep it in the study's directory, and name it in `study.toml` with the day on which the plan was settled: the report then compares the study with it.
plan-file-heading = Analysis plan of “{ $title }”, made from study.toml before there were data.
    Keep this file in the study's directory, name it in study.toml under [study.plan] together with
    the day on which it was settled, and change it no more: what the study shows and this file does
    not have is marked as exploratory.
