// JSON is written by base/json_writer.h.
#pragma once
#include "base/json_writer.h"
