#!/usr/bin/env python3
"""Codes lines of JSON with Spark: each partition through one chancery, which must be on every machine's PATH.
usage: spark-submit spark.py INPUT OUTPUT"""
import os
import sys

from pyspark.sql import SparkSession

lines, out = sys.argv[1:]
spark = SparkSession.builder.appName("chancery").getOrCreate()
articles = spark.sparkContext.textFile(lines)
# A partition whose chancery ends with another code than 0 is tried again, and fails the job when it does so each time.
# Without an environment of its own it would not even find the program.
environment = {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("CHANCERY_")}
records = articles.pipe("chancery code --max-failed 1% -", env=environment, checkCode=True)
records.saveAsTextFile(out, "org.apache.hadoop.io.compress.GzipCodec")
spark.stop()
