// What every public function is wrapped in: nothing that is thrown gets out.
#pragma once
#ifndef CHANCERY_INSIDE
#define CHANCERY_INSIDE
#endif
#include <chancery/chancery.h>

#include <new>
#include <utility>

#include "base/error.h"

namespace chancery::library {

// The code of the exception that is being handled. To be called in a catch block.
inline v1::Code current_code() noexcept {
  try {
    throw;
  } catch (const UsageError&) {
    return v1::Code::bad_request;
  } catch (const DamageError&) {
    return v1::Code::damaged;
  } catch (const LateError&) {
    return v1::Code::late;
  } catch (const StartError&) {
    return v1::Code::cannot_start;
  } catch (const Error&) {
    return v1::Code::bad_input;
  } catch (const std::bad_alloc&) {
    return v1::Code::out_of_memory;
  } catch (...) {
    return v1::Code::fault;
  }
}

inline v1::Status current_status() noexcept {
  v1::Code code = current_code();
  return {code, current_problem()};
}

template <class Work>
v1::Status guarded(Work&& work) noexcept {
  try {
    std::forward<Work>(work)();
    return {};
  } catch (...) {
    return current_status();
  }
}

inline v1::Status not_open(const char* what) noexcept {
  try {
    return {v1::Code::not_open, std::string("this ") + what + " was not opened"};
  } catch (...) {
    return {v1::Code::not_open, ""};
  }
}

}  // namespace chancery::library
