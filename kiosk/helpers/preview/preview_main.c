// eguichet-preview PAGE WIDTH: draws one page of the document on descriptor 3 into descriptor 4.
// It says nothing but its exit status: poppler's words may quote the document.
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "preview_draw.h"
#include "preview_protocol.h"
#include "preview_sandbox.h"
#include "str.h"

static enum result map_document(struct bytes *pdf)
{
    struct stat about;

    if (fstat(PREVIEW_PDF_DESCRIPTOR, &about) != 0 || about.st_size <= 0 ||
        about.st_size > PREVIEW_PDF_MAXIMUM)
        return RESULT_INVALID;
    void *memory =
        mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, PREVIEW_PDF_DESCRIPTOR, 0);
    if (memory == MAP_FAILED)
        return RESULT_INVALID;
    *pdf = (struct bytes){memory, (size_t)about.st_size};
    return RESULT_OK;
}

static enum result write_all(const void *data, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t more = write(PREVIEW_PICTURE_DESCRIPTOR, (const uint8_t *)data + done, size - done);
        if (more <= 0)
            return RESULT_FAILED;
        done += (size_t)more;
    }
    return RESULT_OK;
}

static enum result run(struct bytes pdf, int page, int width)
{
    struct preview_header header;
    uint8_t *grey = NULL;

    TRY(preview_draw(pdf, page, width, &header, &grey));
    enum result written = write_all(&header, sizeof header);
    if (written == RESULT_OK)
        written = write_all(grey, (size_t)header.width * (size_t)header.height);
    free(grey);
    return written;
}

int main(int argc, char **argv)
{
    int64_t page = 0, width = 0;
    struct bytes pdf;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (argc != 3 || str_to_int(argv[1], 1, 1000, &page) != RESULT_OK ||
        str_to_int(argv[2], 16, PREVIEW_SIDE_MAXIMUM, &width) != RESULT_OK ||
        map_document(&pdf) != RESULT_OK)
        return PREVIEW_EXIT_USAGE;
    if (preview_sandbox_enter() != RESULT_OK)
        return PREVIEW_EXIT_NO_SANDBOX;
    // Without the exit handlers: they may want what the sandbox forbids, and nothing is left to
    // save.
    _exit(run(pdf, (int)page, (int)width) == RESULT_OK ? PREVIEW_EXIT_DRAWN
                                                       : PREVIEW_EXIT_NOT_DRAWN);
}
