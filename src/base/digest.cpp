#include "base/digest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "base/error.h"

namespace chancery {

namespace {

std::string in_digits(const unsigned char* digest, unsigned int size) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string out;
  for (unsigned int i = 0; i < size; ++i) {
    out += kDigits[digest[i] >> 4];
    out += kDigits[digest[i] & 15];
  }
  return out;
}

}  // namespace

struct Sha256::Inside {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~Inside() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : in_(std::make_unique<Inside>()) {
  if (!in_->context || EVP_DigestInit_ex(in_->context, EVP_sha256(), nullptr) != 1)
    throw std::bad_alloc();
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  if (EVP_DigestUpdate(in_->context, bytes.data(), bytes.size()) != 1) throw std::bad_alloc();
}

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_DigestFinal_ex(in_->context, digest.data(), &size) != 1) throw std::bad_alloc();
  return in_digits(digest.data(), size);
}

std::string sha1(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1)
    throw std::bad_alloc();
  return in_digits(digest.data(), size);
}

std::string sha256(std::string_view bytes) {
  Sha256 sum;
  sum.add(bytes);
  return sum.hex();
}

std::string sha256_of_tables(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<std::string> names;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error))
    if (at->path().extension() == ".tsv" && at->is_regular_file())
      names.push_back(fs::relative(at->path(), folder).string());
  if (error) throw StartError(folder + ": " + error.message());
  std::sort(names.begin(), names.end());
  Sha256 all;
  for (const std::string& name : names) {
    std::ifstream in(folder + "/" + name, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    if (!in) throw StartError(folder + "/" + name + ": cannot be read");
    all.add(sha256(bytes.str()) + "  ./" + name + "\n");
  }
  return all.hex();
}

}  // namespace chancery
