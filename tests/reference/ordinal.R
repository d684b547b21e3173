# Makes the reference values in tests/estimators/test_ordinal.py. Run: Rscript ordinal.R
library(MASS)
library(sandwich)
options(digits = 10, contrasts = c("contr.treatment", "contr.poly"))

fit <- polr(Sat ~ Infl + Type + Cont, weights = Freq, data = housing, Hess = TRUE,
            control = list(reltol = 1e-14))
print(coef(fit))
print(fit$zeta)
print(sqrt(diag(vcov(fit))))

# One row per household: the sandwich then has one score per household.
each <- housing[rep(seq_len(nrow(housing)), housing$Freq), ]
fit <- polr(Sat ~ Infl + Type + Cont, data = each, Hess = TRUE, control = list(reltol = 1e-14))
print(logLik(fit))
print(sqrt(diag(sandwich(fit))))
print(housing$Freq)
