// What the server answers: the ledger's questions as pages and as an API, the reader, metrics.
// Knows no sockets: a Request in, a Response out, so that tests call it as browsers do.
// Thread-safe.
#pragma once
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "ledger/catalogue.h"
#include "ledger/ledger.h"
#include "present/words.h"
#include "reading/reader.h"
#include "record/sure.h"
#include "serve/http.h"
#include "serve/writers.h"

namespace chancery {

class ExportTables;

struct ServiceOptions {
  std::string ledger;        // file or postgres:// address
  std::string token;         // with it, POST /api/v1/records writes; "" refuses
  std::string cors;          // Access-Control-Allow-Origin of the API; "" none
  int time_limit = 5000;     // milliseconds for one question
  int read_limit = 30;       // seconds for reading one text
  size_t cache = 64u << 20;  // bytes of answers kept until the ledger changes, with their keys
  std::string users;         // a file of who may write with a key of their own (writers.h)
  std::string ontology;      // the folder that exports take their codes from; "" for that of `data`
};

class Service {
 public:
  // `data` is the folder of present/ and sure.tsv. Throws StartError.
  Service(ServiceOptions options, std::shared_ptr<const Resources> resources,
          const std::string& data);
  ~Service();
  Response answer(const Request& request);
  // Texts that are being read are given up at the end of their window, with an error.
  void stop() { stopping_ = true; }
  // Closes the ledgers that wait for the next request, with all that they keep for speed: pages, and
  // a statement for each form of a question.
  void rest();
  // The server's own numbers for /metrics, and where new records are announced.
  void attach(const HttpServer* server,
              std::function<void(const std::string&, const std::string&)> publish);
  // The newest article's number; what `watch` compares to announce news.
  int64_t newest();
  std::string news_after(int64_t number, int64_t& newest);

 private:
  friend class Pages;
  friend class Api;
  friend class Correcting;
  friend class Alerting;
  // A ledger of a request's own, given back after it.
  class Lease {
   public:
    explicit Lease(Service& s);
    ~Lease();
    Ledger* operator->() { return ledger_.get(); }
    Ledger& operator*() { return *ledger_; }

   private:
    Service& s_;
    int exceptions_;  // under way when it was taken
    std::unique_ptr<Ledger> ledger_;
  };

  // Answers are kept until the ledger changes: the same page asked again costs nothing. `state`
  // says which ledger they are of.
  std::string state();
  // Throws LateError when the limit is over or the server is being stopped.
  Record read(Article article) const;
  void keep(const std::string& key, const Response& response, const std::string& state);
  Response fresh(const Request& request);
  Known known() const { return {resources_->known, *codes_}; }
  // An error as a page for browsers, as a problem for programs.
  static Response refusal(const Request& request, int status, const std::string& heading,
                          const std::string& title, const std::string& detail);

  ServiceOptions options_;
  std::shared_ptr<const Resources> resources_;
  std::shared_ptr<const Codes> codes_;
  Reader reader_;
  present::Words words_;
  SureLimits limits_;
  std::unique_ptr<const ExportTables> exports_;
  Writers writers_;
  std::mutex mutex_, write_mutex_;
  std::vector<std::unique_ptr<Ledger>> idle_;
  std::mutex cache_mutex_;
  std::unique_ptr<Ledger> watcher_;  // tells whether the ledger changed
  std::string cache_state_;          // of the ledger, when what is kept was answered
  std::map<std::string, Response> cache_;
  size_t cache_bytes_ = 0;  // with the keys
  std::atomic<bool> stopping_{false};
  const HttpServer* server_ = nullptr;
  std::function<void(const std::string&, const std::string&)> publish_;
};

// A file of web/, compiled into the program; nullptr if there is none of that name.
struct Asset {
  const char *name, *type;
  const unsigned char* data;
  size_t size;
  const char* etag;
};
const Asset* find_asset(std::string_view name);

}  // namespace chancery
