// memory-search PROCESS MARKERS: looks for every marker of a file (markers.h; a line each) in all
// the memory that the process may have written to. Prints a line NAME FORM COUNT ADDRESS WHERE for
// each that is found (the first address); nothing else of the memory is shown. Exit status: 0 when
// the whole memory was searched, whatever was found; 1 when it was not.
#include <ctype.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "markers.h"
#include "str.h"

struct region {
    uint64_t first, end;
    char access[5];
    char name[256];
};

struct search {
    struct markers markers;
    size_t anchor[MARKERS_MAXIMUM]; // place of a marker's anchor in its pattern
    uint8_t folded[256];            // every byte in lower case
    int anchored[256];              // first marker anchored at a byte of that folded value; or -1
    int next[MARKERS_MAXIMUM];      // the one after it
    int memory;
    uint64_t bytes; // searched
};

// What only a file on disk can have filled cannot hold a resident's data.
static bool is_wanted(const struct region *region)
{
    bool is_file = region->name[0] == '/';

    return region->access[0] == 'r' && (region->access[1] == 'w' || !is_file) &&
           !str_starts_with(region->name, "[v"); // vdso, vvar, vsyscall: the kernel's
}

static bool matches(const struct search *search, const struct marker *marker, const uint8_t *bytes)
{
    for (size_t i = 0; i < marker->size; i++)
        if ((marker->any_case ? search->folded[bytes[i]] : bytes[i]) != marker->pattern[i])
            return false;
    return true;
}

static void tell(const struct marker *marker, const struct region *region, int count, size_t first)
{
    printf("%s %s %d %" PRIx64 " %s\n", marker->name, marker->form, count, region->first + first,
           region->name[0] != '\0' ? region->name : "anonymous");
}

// Every marker has an anchor, a byte of its pattern that is not 0, and stands in the list of that
// byte's value: memory is mostly zeros, which are in no list.
static void scan(const struct search *search, const struct region *region, const uint8_t *bytes,
                 size_t size)
{
    int counts[MARKERS_MAXIMUM] = {};
    size_t first[MARKERS_MAXIMUM] = {};

    for (size_t at = 0; at < size; at++)
        for (int i = search->anchored[search->folded[bytes[at]]]; i >= 0; i = search->next[i]) {
            const struct marker *marker = &search->markers.list[i];
            size_t anchor = search->anchor[i];
            if (at < anchor || size - (at - anchor) < marker->size ||
                !matches(search, marker, bytes + at - anchor))
                continue;
            first[i] = counts[i]++ == 0 ? at - anchor : first[i];
        }
    for (size_t i = 0; i < search->markers.count; i++)
        if (counts[i] > 0)
            tell(&search->markers.list[i], region, counts[i], first[i]);
}

// A region may vanish while it is read: then nothing can be in it.
static size_t read_region(const struct search *search, const struct region *region, uint8_t *out)
{
    size_t size = region->end - region->first, done = 0;

    while (done < size) {
        ssize_t got = pread(search->memory, out + done, size - done, (off_t)(region->first + done));
        if (got <= 0)
            break;
        done += (size_t)got;
    }
    return done;
}

static enum result search_region(struct search *search, const struct region *region)
{
    uint8_t *bytes = malloc(region->end - region->first);

    if (bytes == NULL)
        return RESULT_NO_MEMORY;
    size_t size = read_region(search, region, bytes);
    search->bytes += size;
    scan(search, region, bytes, size);
    free(bytes);
    return RESULT_OK;
}

static FILE *open_of(const char *process, const char *name, const char *mode)
{
    char path[64];

    return str_format(path, sizeof path, "/proc/%s/%s", process, name) == RESULT_OK
               ? fopen(path, mode)
               : NULL;
}

static enum result search_all(struct search *search, const char *process)
{
    char line[512], memory[64];
    FILE *maps = open_of(process, "maps", "re");

    TRY(str_format(memory, sizeof memory, "/proc/%s/mem", process));
    search->memory = open(memory, O_RDONLY | O_CLOEXEC);
    if (maps == NULL || search->memory < 0)
        return RESULT_NOT_FOUND;
    enum result result = RESULT_OK;
    while (result == RESULT_OK && fgets(line, sizeof line, maps) != NULL) {
        struct region region = {};
        if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %4s %*s %*s %*s %255[^\n]", &region.first,
                   &region.end, region.access, region.name) >= 3 &&
            is_wanted(&region))
            result = search_region(search, &region);
    }
    fclose(maps);
    close(search->memory);
    return result == RESULT_OK && search->bytes == 0 ? RESULT_FAILED : result;
}

static enum result read_markers(const char *path, struct markers *markers)
{
    char line[2048];
    FILE *file = fopen(path, "re");

    if (file == NULL)
        return RESULT_NOT_FOUND;
    enum result result = RESULT_OK;
    while (result == RESULT_OK && fgets(line, sizeof line, file) != NULL)
        result = markers_add(markers, line);
    fclose(file);
    return result == RESULT_OK && markers->count == 0 ? RESULT_MALFORMED : result;
}

static void drop_anchors(struct search *search)
{
    for (int value = 0; value < 256; value++) {
        search->folded[value] = (uint8_t)tolower(value);
        search->anchored[value] = -1;
    }
    for (size_t i = 0; i < search->markers.count; i++) {
        const struct marker *marker = &search->markers.list[i];
        while (search->anchor[i] + 1 < marker->size && marker->pattern[search->anchor[i]] == 0)
            search->anchor[i]++;
        int *list = &search->anchored[search->folded[marker->pattern[search->anchor[i]]]];
        search->next[i] = *list;
        *list = (int)i;
    }
}

int main(int count, char **words)
{
    if (count != 3) {
        fprintf(stderr, "usage: memory-search PROCESS MARKERS\n");
        return 2;
    }
    struct search *search = calloc(1, sizeof *search);
    if (search == NULL || read_markers(words[2], &search->markers) != RESULT_OK) {
        fprintf(stderr, "memory-search: %s is not a file of lines NAME text|digits|bytes VALUE\n",
                words[2]);
        free(search);
        return 2;
    }
    drop_anchors(search);
    enum result result = search_all(search, words[1]);
    free(search);
    if (result == RESULT_OK)
        return 0;
    fprintf(stderr, "memory-search: the memory of process %s cannot be read (%s); root can\n",
            words[1], result_text(result));
    return 1;
}
