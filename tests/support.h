// Shared by the tests: the resources loaded once, records of texts, the program run as a user runs
// it.
#pragma once
#include <sys/wait.h>
#include <unistd.h>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "article/load.h"
#include "base/strings.h"
#include "ledger/database.h"
#include "places.h"
#include "reading/reader.h"

namespace chancery::test {

inline std::shared_ptr<const Resources> resources() {
  static const auto shared = std::make_shared<const Resources>(
      test::source_dir() + "/data", test::source_dir() + "/models/chancery-fast.model");
  return shared;
}

inline Record read(const std::string& text, const std::string& published = "2031-05-14") {
  Article article;
  article.id = "test";
  article.text = text;
  article.published = published;
  article.language = "en";
  return Reader(resources()).read(std::move(article));
}

// The records of examples/reports.jsonl, read once.
inline const std::vector<Record>& example_reports() {
  static const std::vector<Record> all = [] {
    std::vector<Record> out;
    Reader reader(resources());
    const std::string lines = read_file(test::source_dir() + "/examples/reports.jsonl");
    for (std::string_view line : split(lines, '\n'))
      if (!line.empty()) out.push_back(reader.read(parse_article_line(line)));
    return out;
  }();
  return all;
}

inline std::string words(const Record& r, Span s) { return std::string(s.of(r.article.text)); }

struct Outcome {
  int code;
  std::string out, err;
};

// A folder that is gone when the test is over.
struct Folder {
  std::filesystem::path path;
  Folder() {
    static std::atomic<int> number = 0;  // some tests run programs side by side
    path = std::filesystem::temp_directory_path() /
           ("chancery-folder-" + std::to_string(::getpid()) + "-" + std::to_string(number++));
    std::filesystem::create_directories(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string file(const std::string& name) const { return (path / name).string(); }
  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path / name, std::ios::binary) << bytes;
    return file(name);
  }
};

// Runs "chancery ARGUMENTS" through a shell, with variables ("NAME=value …") of its own; its output
// and exit code.
inline Outcome program(const std::string& arguments, const std::string& input = "",
                       const std::string& variables = "") {
  const Folder folder;
  std::string command = (variables.empty() ? "" : "env " + variables + " ") + test::program_file() +
                        " " + arguments + " < " + folder.write("in", input) + " > " +
                        folder.file("out") + " 2> " + folder.file("err");
  int status = std::system(command.c_str());
  Outcome outcome{WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(folder.file("out")),
                  read_file(folder.file("err"))};
  return outcome;
}

// A ledger's place for one test: a file, or a database of its own on the server that
// script/with-postgres started.
struct Store {
  Folder folder;
  std::string where;
  explicit Store(const std::string& kind) : where(folder.file("l.ledger")) {
    if (kind != "postgres") return;
    static int number = 0;
    std::string address = std::getenv("CHANCERY_TEST_POSTGRES"),
                name =
                    "chancery_test_" + std::to_string(::getpid()) + "_" + std::to_string(number++);
    Database::open(replace_all(address, "NAME", "postgres"), false)->run("CREATE DATABASE " + name);
    where = replace_all(address, "NAME", name);
  }
};

// The stores to test against: always SQLite; PostgreSQL when a server was started for the tests.
inline std::vector<std::string> stores() {
  if (std::getenv("CHANCERY_TEST_POSTGRES")) return {"sqlite", "postgres"};
  return {"sqlite"};
}

}  // namespace chancery::test
