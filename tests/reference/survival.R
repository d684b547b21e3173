# Reference values for tests/estimators/test_survival.py; run: Rscript survival.R > survival.csv
# Needs the package survival. The data are made by arithmetic that the test repeats.
suppressPackageStartupMessages(library(survival))
i <- 0:599
month <- (i * 37 + i %/% 7) %% 41 + 1
kind <- c(0, 1, 1, 2, 0, 1, 2)[(i * i + 3 * i) %% 7 + 1]
arm <- (i %/% 3) %% 2
block <- i %% 4
at <- c(1, 6, 12, 24, 36)
show <- function(what, s, p, se, low, high)
  cat(sprintf("%s,%d,%.15g,%.15g,%.15g,%.15g\n", what, as.integer(s), p, se, low, high), sep = "")
cat("what,month,probability,std_error,ci_low,ci_high\n")
for (a in 0:1) {
  own <- arm == a
  f <- survfit(Surv(month[own], factor(kind[own], 0:2)) ~ 1)
  s <- summary(f, times = at)
  j <- which(s$states == "1")
  show(paste0("aj", a), at, s$pstate[, j], s$std.err[, j], NA, NA)
  f <- survfit(Surv(month[own], kind[own] == 1) ~ 1, conf.type = "log-log")
  s <- summary(f, times = at)
  show(paste0("km", a), at, 1 - s$surv, s$std.err, 1 - s$upper, 1 - s$lower)
}
t <- survdiff(Surv(month, kind == 1) ~ arm + strata(block))
cat(sprintf("logrank,0,%.15g,%.15g,%.15g,NA\n", sum(t$obs[2, ]), sum(t$exp[2, ]), t$chisq))
