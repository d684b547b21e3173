# Comparison of two studies or reports.

cmp-title = { $old } and { $new } compared
cmp-head-sides = What is compared
cmp-head-inputs = Inputs
cmp-head-flips = Conclusions that are no longer the same
cmp-head-main = Main effects that changed, conclusion as before
cmp-head-rows = Other rows of the ledger
cmp-side = { $which ->
    [old] Old
   *[new] New
}: { $name }, { $kind ->
    [study] a study, analysed now
   *[output] an output, as it lies there
}, { $rows } rows in the ledger.
cmp-versions = The numbers of the old one were made by finsam-report { $old }, those of the new one by { $new }: a difference may come from the program.
cmp-labels = Neither is a study: outcomes bear the names of the ledger, and what is good is not known.
cmp-equal = Nothing differs: the inputs are the same, and so is every row of the ledger.
cmp-ledger-equal = Every row of the ledger is as it was.
cmp-tolerance = Numbers count as the same up to { $tolerance }, absolute and relative.

cmp-inputs-equal = The inputs are the same.
cmp-table-new = { $file } is new: { $rows } { $count ->
    [one] row
   *[other] rows
}.
cmp-table-gone = { $file } is gone: it had { $rows } { $count ->
    [one] row
   *[other] rows
}.
cmp-table = { $file }: { $what }.
cmp-rows-added = { $number } { $count ->
    [one] row
   *[other] rows
} added
cmp-rows-removed = { $number } { $count ->
    [one] row
   *[other] rows
} removed
cmp-rows-changed = { $number } { $count ->
    [one] row
   *[other] rows
} changed ({ $columns })
cmp-column = { $name } in { $number }
cmp-columns-added = { $count ->
    [one] column { $names } added
   *[other] columns { $names } added
}
cmp-columns-removed = { $count ->
    [one] column { $names } removed
   *[other] columns { $names } removed
}
cmp-column-renamed = column { $old } is called { $new } now, with the same values
cmp-file-new = { $file } is new.
cmp-file-gone = { $file } is gone.
cmp-file-changed = { $file } has other content{ $sizes ->
    [1] {" "}({ $old } bytes before, { $new } now)
   *[0] {""}
}.
cmp-same-values = { $file } has other bytes and the same values.
cmp-entry-changed = study.toml, { $place }: { $old } is now { $new }.
cmp-entry-new = study.toml, { $place } is new: { $new }.
cmp-entry-gone = study.toml, { $place } is gone; it said { $old }.
cmp-entries-new = study.toml, { $place } is new, with { $number } entries.
cmp-entries-gone = study.toml, { $place } is gone, with { $number } entries.
cmp-renamed = { $part }: { $old } is called { $new } now; { $same ->
    [1] its numbers are the same.
   *[0] its numbers are compared under the new name.
}

cmp-part = { $part ->
    [survey] Survey
    [register] Register
    [municipality] Municipalities
    [organisation] Organisation
   *[other] { $part }
}
cmp-effect = { $kind ->
    [effect] The effect on { $outcome }
   *[estimate] { $outcome }
}{ $details ->
    [none] {""}
   *[other] {" "}({ $details })
}
cmp-index-klk = the index of { $family }, equal weights
cmp-index-icw = the index of { $family }, inverse-covariance weights
cmp-group-women = women
cmp-group-men = men
cmp-moved = { $way ->
    [up] rose from { $old } to { $new }
    [down] fell from { $old } to { $new }
    [small] moved by less than can be shown, at { $new }
    [appeared] is { $new }; there was no estimate before
    [vanished] has no estimate now; it was { $old }
   *[same] stays at { $new }
}{ $shift ->
    [none] {""}
    [part] , { $errors } of a standard error
   *[more] , { $errors } standard errors
}
cmp-bounds = { $what }: { $told }
cmp-interval-flip = { $flip } ({ $old } before, { $new } now)
cmp-interval-changed = its interval was { $old } and is { $new }
cmp-flip = { $before ->
    [neither] its interval no longer includes zero and lies { $side ->
        [up] above
       *[down] below
    } it
   *[other] { $now ->
        [neither] its interval now includes zero
       *[other] it has changed sign, and neither interval includes zero
    }
}
cmp-verdict = Conclusion: { $before } before, { $now } now.
cmp-verdict-same = Conclusion as before: { $now }.
cmp-verdict-word = { $verdict ->
    [favourable] favourable
    [unfavourable] unfavourable
    [above] above zero
    [below] below zero
    [neither] no clear effect
   *[unknown] not known
}
cmp-new = { $what } is new: { $new }{ $interval ->
    [none] {""}
   *[other] {" "}({ $interval })
}.
cmp-gone = { $what } is gone; it was { $old }{ $interval ->
    [none] {""}
   *[other] {" "}({ $interval })
}.
cmp-new-hidden = { $what } is new, and suppressed.
cmp-gone-hidden = { $what } is gone; it was suppressed.
cmp-suppressed = { $what } was shown and is suppressed now.
cmp-shown = { $what } was suppressed and is shown now.
cmp-other = { $what } has the same estimate and interval; what changed: { $columns }.
cmp-column-name = { $name ->
    [std_error] standard error
    [p_value] p-value
    [q_value] q-value
    [n_support] people in the support arm
    [n_control] people in the control arm
    [control_mean] control mean
    [unit] unit
   *[other] { $name }
}
cmp-more-flips = { $number } more { $count ->
    [one] conclusion
   *[other] conclusions
} of other analyses: { $where }.
cmp-where = { $part } { $analysis } ({ $number })
cmp-rest = { $part }, { $analysis }: { $what }.
cmp-rest-changed = { $number } changed
cmp-rest-new = { $number } new
cmp-rest-gone = { $number } gone
cmp-rest-suppressed = { $number } suppressed now
cmp-rest-shown = { $number } shown now
cmp-none-main = No main effect changed.
cmp-none-flips = No conclusion changed.
