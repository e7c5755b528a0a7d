// register_writer.h: fills a new register; the demo city's only way to write into one.
#pragma once
#include "database.h"
#include "population_register.h"
#include "result.h"

// Inside register_write.
struct register_writer;

enum result register_writer_add(struct register_writer *writer, const struct household *household);
// Former addresses of somebody who was added.
enum result register_writer_add_history(struct register_writer *writer, const char *national_number,
                                        const struct address_history *history);
enum result register_writer_block_card(struct register_writer *writer, const char *card_number);

// Makes the tables and lets `fill` write into them, all in one transaction: afterwards everything
// is there, or nothing. RESULT_REFUSED from a writer's verb: that number is there already.
// RESULT_FAILED: there are such tables already, or the database refuses; logged. Or whatever `fill`
// returned.
typedef enum result register_fill(void *closure, struct register_writer *writer);
enum result register_write(struct database *database, register_fill *fill, void *closure);
