# Flat tables of a ledger in R: a list of data frames, with days as Date and numbers as numbers.
#
#   chancery export --ledger my.ledger --format tables -o tables
#   source("examples/load.R"); record <- chancery_tables("tables")
#   aggregate(goldstein ~ source_country + target_country, record$events, sum)
#
# Needs R alone. Everything also loads with read.delim("tables/events.tsv") as it is; days are then text.

chancery_tables <- function(folder) {
  files <- list.files(folder, pattern = "[.]tsv$", full.names = TRUE)
  tables <- lapply(files, chancery_table)
  names(tables) <- sub("[.]tsv$", "", basename(files))
  tables
}

chancery_table <- function(file) {
  text <- c(cameo = "character", geonames = "character", act = "character")
  table <- read.delim(file, colClasses = text[intersect(names(text), names(read.delim(file, nrows = 1)))])
  for (day in intersect(c("published", "from", "to"), names(table))) table[[day]] <- as.Date(table[[day]])
  table
}

# POLECAT's and GDELT's own forms.
chancery_polecat <- function(file) read.delim(file, check.names = FALSE)
chancery_gdelt <- function(file) read.delim(file, header = FALSE, colClasses = c(V27 = "character", V28 = "character", V29 = "character"))
