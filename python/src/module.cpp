// The Python module's inner half: thin classes over include/chancery, with the interpreter let go
// while they work. What users see of it is python/chancery/__init__.py.
#include <chancery/chancery.h>
#include <pybind11/functional.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <mutex>

namespace py = pybind11;

// As the Arrow C data interface has them.
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};
struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};

namespace {

// An exception of the package by the name of its code: chancery.BadInput …
[[noreturn]] void fail(const chancery::Status& status) {
  static const char* const kNames[] = {"Fault", "BadInput", "BadRequest", "CannotStart", "Damaged",
                                       "Late",  "Fault",    "Fault",      "NotOpen"};
  if (status.code() == chancery::Code::out_of_memory) {
    PyErr_SetString(PyExc_MemoryError, status.message().c_str());
    throw py::error_already_set();
  }
  py::object type =
      py::module_::import("chancery._errors").attr(kNames[static_cast<int>(status.code())]);
  PyErr_SetString(type.ptr(), status.message().c_str());
  throw py::error_already_set();
}

void check(const chancery::Status& status) {
  if (!status.ok()) fail(status);
}

// Bytes as they are; text as UTF-8.
std::string bytes_of(const py::object& given) {
  if (py::isinstance<py::str>(given) || py::isinstance<py::bytes>(given))
    return given.cast<std::string>();
  py::buffer_info info = py::reinterpret_borrow<py::buffer>(given).request();
  return {static_cast<const char*>(info.ptr), static_cast<size_t>(info.size * info.itemsize)};
}

class Engine {
 public:
  Engine(const std::string& model, const std::string& data, const std::string& ontology,
         bool every_attribution) {
    chancery::Status status;
    {
      py::gil_scoped_release free;
      chancery::EngineOptions options;
      options.model = model;
      options.data = data;
      options.ontology = ontology;
      options.every_attribution = every_attribution;
      status = chancery::Engine::open(options, &engine_);
    }
    check(status);
  }

  py::str read(const py::object& report, const std::string& form, const std::string& id,
               const std::string& url, const std::string& publisher, const std::string& title,
               const std::string& published, bool explain) const {
    const std::string bytes = bytes_of(report);
    std::string json;
    chancery::Status status;
    {
      py::gil_scoped_release free;
      chancery::Input input;
      input.bytes = bytes;
      input.form = form == "html"   ? chancery::Form::html
                   : form == "text" ? chancery::Form::text
                   : form == "json" ? chancery::Form::json
                                    : chancery::Form::detect;
      input.id = id;
      input.url = url;
      input.publisher = publisher;
      input.title = title;
      input.published = published;
      chancery::JsonOptions options;
      options.explain = explain;
      status = engine_.read_json(input, options, &json);
    }
    check(status);
    return json;
  }

  py::tuple maker() const {
    chancery::Maker m = engine_.maker();
    return py::make_tuple(m.engine, m.model, m.data);
  }
  const chancery::Engine& inside() const { return engine_; }

 private:
  chancery::Engine engine_;
};

py::str extract(const py::object& report) {
  const std::string bytes = bytes_of(report);
  std::string json;
  chancery::Status status;
  {
    py::gil_scoped_release free;
    chancery::Input input;
    input.bytes = bytes;
    status = chancery::Engine::extract_json(input, &json);
  }
  check(status);
  return json;
}

// One thread's at a time: the lock makes it so whatever threads of Python do.
class Coder {
 public:
  Coder(const Engine& engine, std::vector<std::string> inputs, int threads, bool explain,
        const std::string& columns) {
    chancery::CoderOptions options;
    options.threads = threads;
    options.explain = explain;
    options.columns = columns;
    check(chancery::Coder::open(engine.inside(), std::move(inputs), options, &coder_));
  }

  // (record, error, warning), one of the first two empty; None at the end.
  py::object next() {
    chancery::Coded one;
    bool more;
    {
      py::gil_scoped_release free;
      std::lock_guard lock(mutex_);
      more = coder_.next(&one);
    }
    if (!more) {
      check(coder_.status());
      return py::none();
    }
    return py::make_tuple(one.json, one.status.message(), one.warning);
  }

 private:
  std::mutex mutex_;
  chancery::Coder coder_;
};

template <class Structure>
py::capsule capsule_of(std::unique_ptr<Structure> made, const char* name) {
  return py::reinterpret_steal<py::capsule>(
      PyCapsule_New(made.release(), name, [](PyObject* capsule) {
        // Whoever took it has cleared `release`; else it goes with its capsule.
        auto* s =
            static_cast<Structure*>(PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule)));
        if (s->release) s->release(s);
        delete s;
      }));
}

class Table {
 public:
  explicit Table(chancery::Table table) : table_(std::move(table)) {}
  size_t rows() const { return table_.rows(); }
  size_t columns() const { return table_.columns(); }
  std::string name(size_t c) const { return std::string(table_.name(c)); }
  int kind(size_t c) const { return static_cast<int>(table_.kind(c)); }
  std::string after() const { return std::string(table_.after()); }
  std::vector<std::string> notes() const { return table_.notes(); }

  py::object cell(size_t row, size_t c) const {
    if (table_.null(row, c)) return py::none();
    switch (table_.kind(c)) {
      case chancery::Kind::integer: return py::int_(table_.integer(row, c));
      case chancery::Kind::real: return py::float_(table_.real(row, c));
      case chancery::Kind::day:
      case chancery::Kind::text: break;
    }
    return py::str(std::string(table_.text(row, c)));
  }

  py::tuple arrow() const {
    auto schema = std::make_unique<ArrowSchema>();
    auto array = std::make_unique<ArrowArray>();
    check(table_.to_arrow(schema.get(), array.get()));
    py::capsule first = capsule_of(std::move(schema), "arrow_schema");
    return py::make_tuple(first, capsule_of(std::move(array), "arrow_array"));
  }

 private:
  chancery::Table table_;
};

class Ledger {
 public:
  Ledger(const std::string& where, bool write, const std::string& data, const std::string& ontology,
         bool learn) {
    chancery::LedgerOptions options;
    options.data = data;
    options.ontology = ontology;
    options.learn = learn;
    working([&] {
      return chancery::Ledger::open(where, write ? chancery::Ledger::write : chancery::Ledger::read,
                                    options, &ledger_);
    });
  }

  std::string add(const std::string& json) {
    chancery::Ledger::Added added{};
    working([&] { return ledger_.add(json, &added); });
    return added == chancery::Ledger::Added::known  ? "known"
           : added == chancery::Ledger::Added::copy ? "copy"
                                                    : "fresh";
  }
  void begin() {
    working([&] { return ledger_.begin(); });
  }
  void commit() {
    working([&] { return ledger_.commit(); });
  }
  void rollback() {
    working([&] { return ledger_.rollback(); });
  }
  int64_t count() {
    int64_t n = 0;
    working([&] { return ledger_.count(&n); });
    return n;
  }
  std::string record(int64_t number) {
    std::string json;
    working([&] { return ledger_.record_json(number, &json); });
    return json;
  }
  Table ask(const std::string& question, const chancery::Filters& filters, int limit,
            int milliseconds) {
    chancery::Table table;
    chancery::AskOptions options;
    options.limit = limit;
    options.milliseconds = milliseconds;
    working([&] { return ledger_.ask(question, filters, options, &table); });
    return Table(std::move(table));
  }
  void export_to(const std::string& format, const std::string& from, const std::string& until,
                 const std::function<void(py::bytes)>& write) {
    std::exception_ptr problem;
    working([&] {
      return ledger_.export_to(format, from, until, [&](std::string_view piece) {
        py::gil_scoped_acquire hold;
        try {
          write(py::bytes(piece.data(), piece.size()));
        } catch (...) {
          problem = std::current_exception();
        }
        return !problem;
      });
    });
    if (problem) std::rethrow_exception(problem);
  }
  void close() {
    std::lock_guard lock(mutex_);
    ledger_ = chancery::Ledger();
  }

 private:
  template <class Work>
  void working(Work&& work) {
    chancery::Status status;
    {
      py::gil_scoped_release free;
      std::lock_guard lock(mutex_);
      status = work();
    }
    check(status);
  }

  std::mutex mutex_;
  chancery::Ledger ledger_;
};

}  // namespace

PYBIND11_MODULE(_chancery, m) {
  m.attr("__version__") = CHANCERY_VERSION;
  m.def("extract", &extract);
  m.def("questions", &chancery::Ledger::questions);
  m.def("filters", [](const std::string& question) { return chancery::Ledger::filters(question); });
  m.def("columns", [](const std::string& format) { return chancery::Ledger::columns(format); });
  py::class_<Engine>(m, "Engine")
      .def(py::init<const std::string&, const std::string&, const std::string&, bool>())
      .def("read", &Engine::read)
      .def("maker", &Engine::maker);
  py::class_<Coder>(m, "Coder")
      .def(py::init<const Engine&, std::vector<std::string>, int, bool, const std::string&>())
      .def("next", &Coder::next);
  py::class_<Table>(m, "Table")
      .def_property_readonly("rows", &Table::rows)
      .def_property_readonly("columns", &Table::columns)
      .def_property_readonly("after", &Table::after)
      .def_property_readonly("notes", &Table::notes)
      .def("name", &Table::name)
      .def("kind", &Table::kind)
      .def("cell", &Table::cell)
      .def("arrow", &Table::arrow);
  py::class_<Ledger>(m, "Ledger")
      .def(py::init<const std::string&, bool, const std::string&, const std::string&, bool>())
      .def("add", &Ledger::add)
      .def("begin", &Ledger::begin)
      .def("commit", &Ledger::commit)
      .def("rollback", &Ledger::rollback)
      .def("count", &Ledger::count)
      .def("record", &Ledger::record)
      .def("ask", &Ledger::ask)
      .def("export_to", &Ledger::export_to)
      .def("close", &Ledger::close);
}
