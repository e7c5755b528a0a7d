// register_writer.h: fills a new register file; the demo city's only way to write into a register.
#pragma once
#include "owned.h"
#include "population_register.h"
#include "result.h"

struct register_writer;

// Creates the file with empty tables. RESULT_REFUSED: there is something of that name already;
// RESULT_FAILED: the disk refuses. The caller owns the writer. Blocks on the disk.
enum result register_writer_create(const char *path, struct register_writer **out);

// Everything since the last commit is lost when it was not committed. NULL is fine.
void register_writer_destroy(struct register_writer *writer);
DEFINE_OWNED(register_writer)

enum result register_writer_add(struct register_writer *writer, const struct household *household);
enum result register_writer_block_card(struct register_writer *writer, const char *card_number);
enum result register_writer_commit(struct register_writer *writer);
