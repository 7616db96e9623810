#include "reading/word_lists.h"

namespace chancery {
namespace {

constexpr WordSets::Name kNames[] = {
#define CHANCERY_WORDS(room, name, values) {#room "." #name, values},
#include "reading/word_lists.def"
#undef CHANCERY_WORDS
};

}  // namespace

WordLists::WordLists(const std::string& path) : sets_(Table(path, WordSets::columns()), kNames) {}

}  // namespace chancery
