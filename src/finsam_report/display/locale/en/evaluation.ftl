# The evaluation plan and the progress report of one effort.
evaluation-head-what = Subject
evaluation-head-told = What holds
evaluation-head-number = No.
evaluation-head-goal-number = Goal
evaluation-head-goal = Goal
evaluation-head-indicator = Indicator
evaluation-head-source = Where it is read
evaluation-head-start = At the start
evaluation-head-target = Target
evaluation-head-activity = Activity
evaluation-head-responsible = Responsible
evaluation-head-until = Until
evaluation-head-period = Half-year
evaluation-head-until-day = Covers the time until
evaluation-head-handed-in = Handed in on
evaluation-head-day = Day
evaluation-head-change = What changed, and why
evaluation-head-role = For
evaluation-head-name = Name
evaluation-head-signed = Day and signature
evaluation-role-owner = Owner of the effort
evaluation-role-association = Coordination association
evaluation-role-staff = Staff
evaluation-role-steering = Steering group

evaluation-row-effort = Effort
evaluation-row-association = Coordination association
evaluation-row-owner = Owner
evaluation-row-parties = Parties
evaluation-row-target-group = Target group
evaluation-row-participants = Participants planned
evaluation-row-budget = Budget
evaluation-row-term = Runs
evaluation-row-decided = Financing decided on
evaluation-row-plan-date = Plan drawn up on
evaluation-row-decision = Is the effort to be evaluated?
evaluation-row-evaluator = Evaluator
evaluation-row-questions = Questions
evaluation-row-methods = Methods and material
evaluation-row-use = Who gets the results, when, and what they are used for
evaluation-row-system = System for follow-up
evaluation-row-registers = Who registers participants and costs
evaluation-row-asked = Who is asked what, and when
evaluation-row-kept = Personal data: ground, and how long they are kept
evaluation-row-period = Half-year
evaluation-row-report-date = Day of the self-assessment
evaluation-row-present = Who took part in it

evaluation-perspective-individual = The individual
evaluation-perspective-staff = The staff
evaluation-perspective-organisation = The organisation
evaluation-term = { $known ->
        [1] { $start } to { $end }
       *[0] from { $start }
    }
evaluation-decision = { $yes ->
        [1] Yes
       *[0] No; it is followed up only
    }{ $known ->
        [1] {""}. Decided on { $day }.
       *[0] .
    }
evaluation-evaluator = { $kind ->
        [own] The association itself
        [member] A member of the association
       *[external] Somebody from outside
    }{ $known ->
        [1] : { $name }
       *[0] {""}
    }
evaluation-half-year = { $half ->
        [1] January to June { $year }
       *[2] July to December { $year }
    }
evaluation-open = Nothing is declared of the effort yet. The fields are open, to be filled in by its owners and the association together.
evaluation-drawn-up = { $order ->
        [late] The plan was drawn up on { $day }, after the effort had started on { $start }. It should have been ready before that.
        [between] The plan was drawn up on { $day }: after the decision of { $decided }, and no later than the start on { $start }.
        [before] The plan was drawn up on { $day }, no later than the start of the effort on { $start }.
        [after] The plan was drawn up on { $day }, after the decision of { $decided }.
       *[alone] The plan was drawn up on { $day }.
    }
evaluation-goals-open = { $count ->
        [one] It has one goal
       *[other] It has { $number } goals
    }{ $without ->
        [0] , { $count ->
            [one] with an indicator and a target.
           *[other] each with an indicator and a target.
        }
       *[other] ; { $count ->
            [one] it still lacks an indicator or a target.
           *[other] { $lacking } of them still { $without ->
                [one] lacks
               *[other] lack
            } an indicator or a target.
        }
    }{ $idle ->
        [0] {""}
       *[other] { $count ->
            [one] {" "}No activity leads to it yet.
           *[other] {" "}No activity leads to { $inactive } of them yet.
        }
    }
evaluation-revised = { $count ->
        [one] It has been revised once, on { $day }.
       *[other] It has been revised { $number } times, last on { $day }.
    }

progress-head-goal = Goal and indicator
progress-head-measured = Measured
progress-head-state = State
progress-head-comment = Comment
progress-head-statement = Statement
progress-head-staff = Staff
progress-head-steering = Steering group
progress-head-people = People
progress-head-women = Women
progress-head-men = Men
progress-head-all = All
progress-head-question = Question
progress-head-answer = Answer
progress-goal = { $goal } Indicator: { $indicator }.
progress-measured = { $value } ({ $day })
progress-reached = reached
progress-not-reached = not yet
progress-unknown = not measured
progress-state-planned = planned
progress-state-under_way = under way
progress-state-done = done
progress-state-stopped = stopped
progress-note-scale = Grades: { $low } does not hold at all, { $high } holds fully. Staff and steering group grade on their own first and then talk about where they differ.
progress-note-people = Fewer than five people are not written down by number where others read the report.
progress-staff = Staff
progress-steering = Steering group
progress-no-grade = no grade
progress-axis = Grade: { $low } does not hold at all, { $high } holds fully
progress-caption = Grades of staff and steering group
progress-alt = Grades by statement. { $rows }.
progress-alt-row = { $statement } Staff { $staff }, steering group { $group }

progress-people-begun = Began in the half-year
progress-people-going = In the effort at its end
progress-people-ended = Ended in the half-year
progress-people-to-work = Ended, to work
progress-people-to-studies = Ended, to studies
progress-people-to-other = Ended, to something else
progress-question-helped = What helped us most?
progress-question-hindered = What was in the way?
progress-question-learnt = What have we learnt that others should know?
progress-question-change = What do we change before the next report? Must the plan be revised?
progress-question-board = What do we need the board to decide?

progress-statement-individual-need = The support starts from what each participant needs.
progress-statement-individual-part = Participants take part in planning their own support.
progress-statement-individual-step = Participants come closer to work or studies.
progress-statement-staff-roles = It is clear who does what.
progress-statement-staff-time = The time that the parties have promised is there.
progress-statement-staff-learn = We learn from one another's way of working.
progress-statement-organisation-share = What we learn reaches the parties' own work.
progress-statement-organisation-group = The steering group clears what is in the way.
progress-statement-organisation-stay = It is prepared who takes over when the funding ends.

progress-open = Nothing is declared of goals or grades yet. The fields are open, to be filled in by staff and steering group together.
progress-goals = { $count ->
        [one] There is one goal: { $yes ->
            [1] it is reached.
           *[0] { $no ->
                [1] it is not reached yet.
               *[0] it has not been measured against a target.
            }
        }
       *[other] Of { $of } goals, { $yes ->
            [0] none is
            [one] { $reached } is
           *[other] { $reached } are
        } reached and { $no ->
            [0] none is
            [one] { $short } is
           *[other] { $short } are
        } not reached yet{ $unknown ->
            [0] .
            [one] ; { $missing } has not been measured against a target.
           *[other] ; { $missing } have not been measured against a target.
        }
    }
progress-activities = { $count ->
        [one] There is one activity: { $parts }.
       *[other] There are { $number } activities: { $parts }.
    }
progress-count-planned = { $number } planned
progress-count-under_way = { $number } under way
progress-count-done = { $number } done
progress-count-stopped = { $number } stopped
progress-count-none = { $number } without a state
progress-mean = { $view ->
        [individual] For the individual
        [staff] For the staff
       *[organisation] For the organisation
    }, staff gave { $count ->
        [one] the grade { $staff } and the steering group { $group }, on one statement.
       *[other] { $staff } on average and the steering group { $group }, over { $number } statements.
    }
progress-agree = Staff and steering group gave the same grade to every statement.
progress-gap = Staff and steering group differ most { $several ->
        [1] (on more than one statement, among them “{ $statement }”)
       *[0] on “{ $statement }”
    }: { $staff } against { $group }.
