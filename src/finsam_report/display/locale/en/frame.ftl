# Words of the report's frame: title page, background, design, checklist.

## Colophon and statements

colophon-title = Title
colophon-author = Author
colophon-publisher = Publisher
colophon-number = Report number
colophon-isbn = ISBN
colophon-issn = ISSN
colophon-registration = Registration number (diarienummer)
colophon-published = Place and year
colophon-address = Address
colophon-contact = Contact
colophon-licence = Terms of use
statement-registration = Registration
statement-protocol = Protocol and analysis plan
statement-data_access = Access to data
statement-funding = Funding
statement-interests = Interests
statement-ethics = Ethical review
statement-involvement = Part taken by the target group
statement-changes = Changes after the start
statement-intervention = What each arm was offered
statement-providers = Places and staff
statement-sample_size = Number of people
statement-stopping = Looks on the way, and the end of the trial
statement-sequence = The random list
statement-concealment = How the list was kept hidden
statement-blinding = Who did not know the arm
statement-delivery = What was given in fact
statement-other_support = Other support
statement-harms = Harm
statements-none = The study comes with no such statement. What the checklist leaves to the agency is therefore missing from this report.

## Files

files-none = This report shows none.

## Published figures

published-none = a number that was not published
published-plain = { $number }
published-about = about { $number }
published-over = more than { $number }
published-million = SEK { $number } million

## Checklist

consort-randomised = randomis
consort-the-summary = the summary
consort-head-item = Item
consort-head-topic = What it asks for
consort-state-title = Answered on the title page
consort-state-answered = Answered in { $places }
consort-state-part = In part in { $places }; the rest is left to the agency
consort-state-agency = Left to the agency
consort-state-none = Not applicable: the study declares no such analysis
consort-summary-survey = In the survey experiment, { $answered } of { $all } points are answered{ $part ->
    [0] {""}
   *[other] , { $part_words } in part
}{ $none ->
    [0] {""}
   *[other] , { $none_words } do not apply
}{ $agency ->
    [0] , and none is left to the agency.
    [one] , and { $agency_words } is left to the agency.
   *[other] , and { $agency_words } are left to the agency.
}
consort-summary-register = In the register experiment, { $answered } of { $all } points are answered{ $part ->
    [0] {""}
   *[other] , { $part_words } in part
}{ $none ->
    [0] {""}
   *[other] , { $none_words } do not apply
}{ $agency ->
    [0] , and none is left to the agency.
    [one] , and { $agency_words } is left to the agency.
   *[other] , and { $agency_words } are left to the agency.
}
consort-asks-title = A title that says that people were randomised
consort-asks-abstract = A summary of design, methods, results and conclusions
consort-asks-registration = Where and when the trial was registered
consort-asks-protocol = Where protocol and analysis plan can be read
consort-asks-data = How data, data dictionary and program can be reached
consort-asks-funding = Who paid, and what they had a say in
consort-asks-interests = Interests of the authors that may conflict
consort-asks-background = Why the trial was needed, and what was known before
consort-asks-objectives = The questions that the trial asks, on benefit and on harm
consort-asks-involvement = The part that people of the target group took
consort-asks-design = The kind of trial, its arms and the share in each
consort-asks-changes = Important changes after the trial began
consort-asks-setting = Where the trial took place
consort-asks-eligibility = Who could take part
consort-asks-providers = Which places and staff could take part
consort-asks-intervention = What each arm was offered, in enough detail to be done again
consort-asks-outcomes = Outcomes: what, how and when
consort-asks-harm = How harm was defined and looked for
consort-asks-size = How the number of people was chosen
consort-asks-interim = Looks at the data on the way, and rules for stopping
consort-asks-sequence = Who made the random list, and how
consort-asks-restriction = The kind of randomisation, such as blocks
consort-asks-concealment = How the next arm was kept hidden until a person was enrolled
consort-asks-implementation = Whether those who enrolled people could see the list
consort-asks-blinding = Who did not know the arm
consort-asks-blinding_how = How that was brought about
consort-asks-comparison = How the arms were compared
consort-asks-counted = Who is counted in each analysis, and in which arm
consort-asks-missing = What was done about missing data
consort-asks-further_methods = Methods of further analyses
consort-asks-flow = How many were randomised, offered support and analysed in each arm
consort-asks-losses = Who was lost after randomisation, and why
consort-asks-dates = Dates of recruitment and follow-up
consort-asks-end = Why the trial ended
consort-asks-delivery = What support was given in fact
consort-asks-other_support = Other support during the trial
consort-asks-baseline = The people at the start, arm by arm
consort-asks-results = Results: how many were analysed, each arm, effect and precision
consort-asks-harms = Harm in each arm
consort-asks-further = Results of further analyses
consort-asks-interpretation = What the results mean
consort-asks-limits = Limits of the trial

## Theory of change

theory-caption = From referral to self-support: the steps, what they rest on, and where this report looks
theory-alt = A chain of boxes from top to bottom, each leading to the next.
theory-alt-step = Step { $number }, { $name }: { $text } What has to hold: { $holds } Where this report looks: { $looks }.
theory-head-holds = What has to hold
theory-head-step = What happens
theory-head-looks = Where this report looks
theory-looks-none = Nowhere: this step is not measured
theory-step-referral = Referral
theory-text-referral = A party refers a person who needs more than one of them.
theory-holds-referral = Staff know of the team, and those in need are found.
theory-looks-referral-referrals = Organisation: people referred, by party
theory-looks-referral-recruitment = Survey experiment: referrals over time
theory-step-team = Team
theory-text-team = The parties meet the person together and look at the whole.
theory-holds-team = All parties lend staff, who may decide for them.
theory-looks-team-posts = Organisation: posts, and posts without anybody
theory-looks-team-met = Who met a team, of those who were offered one
theory-step-plan = Joint plan
theory-text-plan = Person and team agree on steps, and on who does what.
theory-holds-plan = The person has a say and believes in the plan.
theory-looks-plan-indicators = Organisation: what participants and staff answer
theory-step-support = Coordinated support
theory-text-support = Care, training, placements and benefits follow one another.
theory-holds-support = The parties can give what the plan says, in its order.
theory-looks-support-efforts = Organisation: efforts, participants and costs
theory-step-movements = Steps on the way
theory-text-movements = More hope, better health, first work with a subsidy.
theory-holds-movements = A step leads to the next, and does not end when a subsidy does.
theory-looks-movements-survey = Survey experiment: how people see their situation and prospects
theory-looks-movements-register = Register experiment: steps that registers record
theory-step-self_support = Self-support
theory-text-self_support = Income from own work instead of benefits.
theory-holds-self_support = There are jobs, and others do not lose them.
theory-looks-self_support-register = Register experiment: how people live some years later
theory-looks-self_support-municipality = Municipalities: benefits and work in the whole population

## Earlier studies

earlier-head-study = Study
earlier-head-design = Design and people
earlier-head-taken = What it found that matters here

## The two experiments

studies-alike = Alike
studies-unlike = Unlike
studies-row-offer = What the support arm was offered
studies-row-chance = What chance decided
studies-chance = For each person, to which arm they belong
studies-row-blocks = Chance decided within
studies-together = Everybody together
studies-blocks = Each of { $number } blocks
studies-row-share = Share in the support arm
studies-row-source = Where the outcomes come from
studies-source-survey = The people's own answers
studies-source-register = Registers, without asking the people
studies-row-known = For how many the outcome is known
studies-answered = { $share } answered { $month ->
    [0] at the start
    [one] after { $month } month
   *[other] after { $month } months
}
studies-followed = { $share } are followed for { $horizon }
studies-row-met = Who took up the offer
studies-not-recorded = Not recorded
studies-row-effect = What is called the effect
studies-effect = Difference between the arms as chance made them, whatever people did
studies-row-estimator = How it is estimated
studies-estimator = Within blocks, adjusted for what was known at the start
studies-row-uncertainty = How uncertain it is
studies-uncertainty = { $level }% intervals; p-values from { $draws } new draws of the arms
studies-head-population = Whole population
studies-note-source = Figures for the whole population come from { $source }.
studies-note-declared = Figures for the whole population are declared by the study.
