# Makes imputation.csv and the reference values in tests/estimators/test_imputation.py.
# Run in this directory: Rscript imputation.R
suppressMessages(library(mice))
options(digits = 10)

# Three items on a scale of 1 to 5 with answers missing item by item, more so after a low start.
set.seed(20)
n <- 240
arm <- rep(0:1, c(100, 140))
x1 <- round(rnorm(n), 2)
x2 <- rbinom(n, 1, 0.4)
latent <- 0.8 * x1 + 0.4 * x2 + 0.4 * arm + rnorm(n, sd = 0.6)
items <- sapply(1:3, function(j) pmin(5, pmax(1, round(3 + latent + rnorm(n, sd = 0.7)))))
for (j in 1:3) items[runif(n) < plogis(-1.2 - (0.9 - 0.5 * arm) * x1), j] <- NA
colnames(items) <- c("y1", "y2", "y3")
data <- data.frame(arm, x1, x2, items)
write.csv(data, "imputation.csv", row.names = FALSE, na = "", quote = FALSE)

# By arm, 1 000 imputations; the difference in means of each item.
count <- 1000
complete_arm <- function(a, method) {
  complete(mice(data[data$arm == a, -1], m = count, maxit = 10, method = method,
                seed = 1 + a, printFlag = FALSE), "all")
}
for (method in c("pmm", "norm")) {
  sets <- lapply(0:1, complete_arm, method)
  for (item in colnames(items)) {
    q <- sapply(1:count, function(i) mean(sets[[2]][[i]][[item]]) - mean(sets[[1]][[i]][[item]]))
    u <- sapply(1:count, function(i) var(sets[[2]][[i]][[item]]) / 140 +
                                     var(sets[[1]][[i]][[item]]) / 100)
    found <- pool.scalar(q, u, n = n, k = 2)
    cat(method, item, found$qbar, sqrt(found$ubar), sqrt(found$b), "\n")
  }
}

# Rubin's rules with Barnard and Rubin's degrees of freedom.
found <- pool.scalar(c(0.31, 0.42, 0.28, 0.37, 0.35), c(0.0121, 0.0133, 0.0118, 0.0127, 0.0125),
                     n = 62, k = 2)
cat(found$qbar, sqrt(found$t), found$df, found$b, "\n")
