# How a room is built. Included once by the top-level CMakeLists.txt.

set(CMAKE_C_STANDARD 23) # gnu2x with gcc 12 and clang 14
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

add_compile_definitions(_GNU_SOURCE)
if(EGUICHET_SCREEN_FEED)
  add_compile_definitions(EGUICHET_SCREEN_FEED=1)
endif()

add_library(house_rules INTERFACE)
target_compile_options(house_rules INTERFACE
  -Wall -Wextra -Werror -Wshadow -Wswitch-enum -Wvla -Wconversion -Wno-sign-conversion
  -Wimplicit-fallthrough -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wwrite-strings
  -Wformat=2 -Wundef -fno-common -fstack-protector-strong)

# pkg(NAME module...): an imported target PkgConfig::NAME, looked up once.
function(pkg name)
  if(NOT TARGET PkgConfig::${name})
    pkg_check_modules(${name} REQUIRED QUIET GLOBAL IMPORTED_TARGET ${ARGN})
  endif()
endfunction()

# layer(NAME SOURCES... HEADERS... USES... [PRIVATE_USES...]): a room. HEADERS are what other rooms
# may include; each of them is compiled alone (target all_verify_interface_header_sets).
function(layer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;HEADERS;USES;PRIVATE_USES" ${ARGN})
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES})
    target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR} FILES ${ARG_HEADERS})
    target_link_libraries(${name} PUBLIC ${ARG_USES} PRIVATE house_rules ${ARG_PRIVATE_USES})
  else()
    add_library(${name} INTERFACE)
    target_sources(${name} INTERFACE FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR} FILES ${ARG_HEADERS})
    target_link_libraries(${name} INTERFACE ${ARG_USES})
  endif()
  set_target_properties(${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
endfunction()

# program(NAME SOURCES... USES...): an executable in build/bin.
function(program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE house_rules ${ARG_USES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
endfunction()

# unit_test(NAME SOURCES... USES...): one cmocka program, milliseconds, no input or output.
function(unit_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
  pkg(CMOCKA cmocka)
  add_executable(unit_${name} ${ARG_SOURCES})
  target_link_libraries(unit_${name} PRIVATE house_rules ${ARG_USES} PkgConfig::CMOCKA)
  set_target_properties(unit_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_test(NAME unit.${name} COMMAND unit_${name})
  set_tests_properties(unit.${name} PROPERTIES LABELS unit TIMEOUT 300)
endfunction()

# fuzz_target(NAME SOURCES... USES... CORPUS dir): with EGUICHET_FUZZERS a libFuzzer program; always
# a program fuzz_replay_NAME that runs the corpus through the same LLVMFuzzerTestOneInput as a test.
function(fuzz_target name)
  cmake_parse_arguments(ARG "" "CORPUS" "SOURCES;USES" ${ARGN})
  if(EGUICHET_FUZZERS)
    add_executable(fuzz_${name} ${ARG_SOURCES})
    target_link_libraries(fuzz_${name} PRIVATE house_rules ${ARG_USES} -fsanitize=fuzzer)
  endif()
  add_executable(fuzz_replay_${name} ${ARG_SOURCES} ${CMAKE_SOURCE_DIR}/tests/fuzz/replay_main.c)
  target_link_libraries(fuzz_replay_${name} PRIVATE house_rules ${ARG_USES})
  set_target_properties(fuzz_replay_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_test(NAME fuzz.${name} COMMAND fuzz_replay_${name} ${ARG_CORPUS})
  set_tests_properties(fuzz.${name} PROPERTIES LABELS fuzz TIMEOUT 120)
endfunction()

# add_rooms_below(DIR): every direct subfolder that has a CMakeLists.txt, in alphabetical order.
function(add_rooms_below directory)
  file(GLOB below CONFIGURE_DEPENDS LIST_DIRECTORIES true ${CMAKE_CURRENT_SOURCE_DIR}/${directory}/*)
  foreach(room IN LISTS below)
    if(EXISTS ${room}/CMakeLists.txt)
      add_subdirectory(${room})
    endif()
  endforeach()
endfunction()
