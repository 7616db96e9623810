/* The version of chancery's library and program: the build reads it here and nowhere else.
 *
 * Semantic versioning (https://semver.org). Before 1.0 a minor version may change what is declared
 * in this folder, and the shared library's name then changes with it (libchancery.so.0.1); a patch
 * never does. The schema of records has a version of its own, "chancery/1", to which fields are
 * added and whose meanings never change. */
#ifndef CHANCERY_VERSION_H
#define CHANCERY_VERSION_H

#define CHANCERY_VERSION_MAJOR 0
#define CHANCERY_VERSION_MINOR 1
#define CHANCERY_VERSION_PATCH 0
#define CHANCERY_VERSION "0.1.0"

#define CHANCERY_SCHEMA "chancery/1"

#endif
