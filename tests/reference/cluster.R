# Reference values for cluster-robust covariances; run: Rscript cluster.R > cluster.csv
# Needs clubSandwich and estimatr. Data: datasets::mtcars of R (Motor Trend, 1974).
suppressPackageStartupMessages({library(clubSandwich); library(estimatr)})
show <- function(model, type, coefficient, estimate, variance, df)
  cat(sprintf("%s,%s,%s,%.15g,%.15g,%.15g\n", model, type, coefficient, estimate, variance, df))
club <- function(name, fit, cluster, which, types = c("CR0", "CR1S", "CR2")) for (type in types) {
  v <- vcovCR(fit, cluster = cluster, type = type)
  t <- coef_test(fit, vcov = v, test = "Satterthwaite")
  show(name, type, which, coef(fit)[[which]], v[which, which], t[which, "df_Satt"])
}
cat("model,type,coefficient,estimate,variance,df\n")
m <- mtcars
club("mpg~hp by cyl", lm(mpg ~ hp, m), m$cyl, "hp")
club("mpg~hp by carb", lm(mpg ~ hp, m), m$carb, "hp")
club("mpg~hp+wt by gear", lm(mpg ~ hp + wt, m), m$gear, "hp")
club("mpg~am+hp by carb", lm(mpg ~ am + hp, m), m$carb, "am")
club("mpg~am by car", lm(mpg ~ am, m), seq_len(nrow(m)), "am", "CR2")
club("mpg~hp by car", lm(mpg ~ hp, m), seq_len(nrow(m)), "hp", "CR2")
# A covariate that varies only between the clusters of its arm: adjustment matrices of low rank.
club("mpg~hp+carb by carb", lm(mpg ~ hp + factor(carb), m), m$carb, "hp", "CR2")
robust <- function(name, formula, which, type, ...) {
  fit <- lm_robust(formula, m, se_type = type, ...)
  show(name, paste0("estimatr-", type), which, coef(fit)[[which]], fit$std.error[[which]]^2,
       fit$df[[which]])
}
robust("mpg~hp by cyl", mpg ~ hp, "hp", "stata", clusters = cyl)
robust("mpg~hp by cyl", mpg ~ hp, "hp", "CR2", clusters = cyl)
robust("mpg~hp by carb", mpg ~ hp, "hp", "CR2", clusters = carb)
robust("mpg~am+hp by carb", mpg ~ am + hp, "am", "CR2", clusters = carb)
robust("mpg~hp", mpg ~ hp, "hp", "HC1")
robust("mpg~hp", mpg ~ hp, "hp", "HC2")
robust("mpg~hp", mpg ~ hp, "hp", "HC3")
