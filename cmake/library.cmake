# The library of include/chancery, shared and static, made of the objects that the program is made of; and what tells other builds
# where it is: find_package(chancery), pkg-config, add_subdirectory.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

file(GLOB LIBRARY_SOURCES CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/library/*.cpp)
set(LIBRARY_PARTS base article language register record reading ledger export pipeline)
chancery_library(library SOURCES ${LIBRARY_SOURCES} LINK chancery_export chancery_reading chancery_pipeline Threads::Threads ${CMAKE_DL_LIBS})

# Everything in one archive and one shared object; what they need is linked, never part of them.
set(LIBRARY_OBJECTS)
foreach(part library ${LIBRARY_PARTS})
  list(APPEND LIBRARY_OBJECTS $<TARGET_OBJECTS:chancery_${part}>)
endforeach()
set(LIBRARY_NEEDS PkgConfig::ICU PkgConfig::CRYPTO fmt::fmt ZLIB::ZLIB PkgConfig::GUMBO PkgConfig::UCHARDET PkgConfig::ARCHIVE
  PkgConfig::XML PkgConfig::CURL simdjson::simdjson ${CLD2} PkgConfig::SQLITE PkgConfig::PQ Threads::Threads ${CMAKE_DL_LIBS})

set(EXPORTED_SYMBOLS ${PROJECT_SOURCE_DIR}/cmake/library.map)
foreach(kind shared static)
  string(TOUPPER ${kind} KIND)
  add_library(chancery_${kind} ${KIND} ${LIBRARY_OBJECTS})
  add_library(chancery::${kind} ALIAS chancery_${kind})
  target_include_directories(chancery_${kind} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_compile_features(chancery_${kind} PUBLIC cxx_std_20)
  set_target_properties(chancery_${kind} PROPERTIES OUTPUT_NAME chancery EXPORT_NAME ${kind} LINKER_LANGUAGE CXX
    ARCHIVE_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib)
endforeach()
add_library(chancery::chancery ALIAS chancery_shared)
target_link_libraries(chancery_shared PRIVATE ${LIBRARY_NEEDS})
target_link_libraries(chancery_static PUBLIC ${LIBRARY_NEEDS})
# Before 1.0 a minor version may break, so that it is part of the shared library's name.
set_target_properties(chancery_shared PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
  LINK_DEPENDS ${EXPORTED_SYMBOLS})
target_link_options(chancery_shared PRIVATE LINKER:--version-script=${EXPORTED_SYMBOLS} LINKER:--as-needed)
if(NOT CHANCERY_SANITIZE) # what sanitizers call is in the program
  target_link_options(chancery_shared PRIVATE LINKER:--no-undefined)
endif()

set(CONFIG_FOLDER ${CMAKE_INSTALL_LIBDIR}/cmake/chancery)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/chancery-config.cmake.in ${PROJECT_BINARY_DIR}/chancery-config.cmake
  INSTALL_DESTINATION ${CONFIG_FOLDER} NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/chancery-config-version.cmake COMPATIBILITY SameMinorVersion)
file(RELATIVE_PATH PREFIX_FROM_PC /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" PREFIX_FROM_PC "${PREFIX_FROM_PC}")
foreach(name chancery chancery-static)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/${name}.pc.in ${PROJECT_BINARY_DIR}/${name}.pc @ONLY)
endforeach()

install(TARGETS chancery_shared EXPORT chancery COMPONENT library
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library NAMELINK_COMPONENT development)
install(TARGETS chancery_static EXPORT chancery ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(EXPORT chancery NAMESPACE chancery:: FILE chancery-targets.cmake DESTINATION ${CONFIG_FOLDER} COMPONENT development)
install(FILES ${PROJECT_BINARY_DIR}/chancery-config.cmake ${PROJECT_BINARY_DIR}/chancery-config-version.cmake
  DESTINATION ${CONFIG_FOLDER} COMPONENT development)
install(FILES ${PROJECT_BINARY_DIR}/chancery.pc ${PROJECT_BINARY_DIR}/chancery-static.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/chancery DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
