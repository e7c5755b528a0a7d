// The preview: real pages through the real helper, documents that break or never end, and the
// helper's confinement, tried call by call.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <cairo-pdf.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "preview_helper.h"
#include "preview_sandbox.h"
#include "secret.h"

static const char *helper_path, *hanging_path;

struct document {
    uint8_t data[64 * 1024];
    size_t size;
};

static cairo_status_t append(void *closure, const unsigned char *data, unsigned int size)
{
    struct document *document = closure;

    assert_true(document->size + size <= sizeof document->data);
    memcpy(document->data + document->size, data, size);
    document->size += size;
    return CAIRO_STATUS_SUCCESS;
}

// Two A4 pages: a black upper half; then a line of text in an embedded font.
static void make_document(struct document *document)
{
    document->size = 0;
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(append, document, 595.28, 841.89);
    cairo_t *context = cairo_create(surface);
    cairo_rectangle(context, 0, 0, 595.28, 420);
    cairo_fill(context);
    cairo_show_page(context);
    cairo_select_font_face(context, "Inter", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(context, 60);
    cairo_move_to(context, 40, 200);
    cairo_show_text(context, "Ménage");
    cairo_show_page(context);
    cairo_destroy(context);
    cairo_surface_destroy(surface);
}

static enum result draw(const char *program, int limit_ms, struct bytes pdf, int page,
                        struct page_picture **picture)
{
    owned(preview_helper) helper = NULL;

    assert_int_equal(preview_helper_create(program, limit_ms, &helper), RESULT_OK);
    struct preview port = preview_helper_port(helper);
    return port.verbs->render(port.self, pdf, page, 600, picture);
}

static size_t dark_pixels(const struct page_picture *picture, int from_row, int to_row)
{
    const uint8_t *pixels = secret_bytes(picture->pixels).data;
    size_t dark = 0;

    for (size_t i = (size_t)from_row * 600; i < (size_t)to_row * 600; i++)
        dark += pixels[i] < 100;
    return dark;
}

static void a_page_is_drawn_as_it_is(void **state)
{
    static struct document document;
    owned(page_picture) picture = NULL;

    (void)state;
    make_document(&document);
    struct bytes pdf = {document.data, document.size};
    assert_int_equal(draw(helper_path, PREVIEW_HELPER_LIMIT_MS, pdf, 1, &picture), RESULT_OK);
    assert_int_equal(picture->width, 600);
    assert_int_equal(picture->height, 848);
    assert_int_equal(picture->pages, 2);
    assert_int_equal(secret_bytes(picture->pixels).size, 600 * 848);
    assert_int_equal(dark_pixels(picture, 0, 420), 420 * 600);
    assert_int_equal(dark_pixels(picture, 430, 848), 0);
}

static void embedded_letters_are_drawn_inside_the_sandbox(void **state)
{
    static struct document document;
    owned(page_picture) picture = NULL;

    (void)state;
    make_document(&document);
    struct bytes pdf = {document.data, document.size};
    assert_int_equal(draw(helper_path, PREVIEW_HELPER_LIMIT_MS, pdf, 2, &picture), RESULT_OK);
    assert_in_range(dark_pixels(picture, 140, 210), 1000, 15000);
    assert_int_equal(dark_pixels(picture, 230, 848), 0);
}

static void what_is_not_there_or_not_a_document_is_refused(void **state)
{
    static struct document document;
    owned(page_picture) picture = NULL;
    const struct bytes garbage = {(const uint8_t *)"%PDF-1.4 and nothing more", 25};

    (void)state;
    make_document(&document);
    struct bytes pdf = {document.data, document.size};
    assert_int_equal(draw(helper_path, 3000, pdf, 3, &picture), RESULT_FAILED);
    assert_int_equal(draw(helper_path, 3000, garbage, 1, &picture), RESULT_FAILED);
    assert_int_equal(draw(helper_path, 3000, (struct bytes){}, 1, &picture), RESULT_FAILED);
    assert_null(picture);
}

// Ten forms deep, each drawing the next ten times: ten thousand million rectangles.
static size_t make_endless_document(char *out, size_t capacity)
{
    FILE *file = fmemopen(out, capacity, "w");

    fputs("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
          "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
          "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 14 0 R"
          "/Resources<</XObject<</F 4 0 R>>>>>>endobj\n",
          file);
    for (int form = 4; form < 14; form++)
        fprintf(file,
                "%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 200 200]/Length 60"
                "/Resources<</XObject<</F %d 0 R>>>>>>stream\n%-59s\nendstream endobj\n",
                form, form + 1,
                form == 13 ? "0 0 90 90 re f"
                           : "/F Do /F Do /F Do /F Do /F Do /F Do /F Do /F Do "
                             "/F Do /F Do");
    fputs("14 0 obj<</Length 6>>stream\n/F Do\n\nendstream endobj\n"
          "trailer<</Root 1 0 R/Size 15>>\n%%EOF\n",
          file);
    long size = ftell(file);
    fclose(file);
    return (size_t)size;
}

static void a_document_without_end_is_ended(void **state)
{
    static char text[16 * 1024];
    owned(page_picture) picture = NULL;

    (void)state;
    struct bytes pdf = {(const uint8_t *)text, make_endless_document(text, sizeof text)};
    uint64_t began = clock_monotonic_ms();
    assert_int_equal(draw(helper_path, PREVIEW_HELPER_LIMIT_MS, pdf, 1, &picture), RESULT_FAILED);
    assert_in_range(clock_monotonic_ms() - began, 1000, 3900);
}

static void a_helper_that_hangs_is_killed_in_time(void **state)
{
    static struct document document;
    owned(page_picture) picture = NULL;

    (void)state;
    make_document(&document);
    struct bytes pdf = {document.data, document.size};
    uint64_t began = clock_monotonic_ms();
    assert_int_equal(draw(hanging_path, 150, pdf, 1, &picture), RESULT_FAILED);
    assert_in_range(clock_monotonic_ms() - began, 150, 1500);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); // no child is left, dead or alive
}

static int open_descriptors(void)
{
    DIR *directory = opendir("/proc/self/fd");
    int count = 0;

    assert_non_null(directory);
    while (readdir(directory) != NULL)
        count++;
    closedir(directory);
    return count;
}

static void no_descriptor_stays_open(void **state)
{
    static struct document document;

    (void)state;
    make_document(&document);
    struct bytes pdf = {document.data, document.size};
    int before = open_descriptors();
    for (int i = 0; i < 3; i++) {
        owned(page_picture) picture = NULL;
        assert_int_equal(draw(helper_path, 3000, pdf, 1 + i, &picture),
                         i < 2 ? RESULT_OK : RESULT_FAILED);
    }
    assert_int_equal(open_descriptors(), before);
}

static void the_path_must_be_a_program(void **state)
{
    struct preview_helper *helper = NULL;

    (void)state;
    assert_int_equal(preview_helper_create("eguichet-preview", 1, &helper), RESULT_INVALID);
    assert_int_equal(preview_helper_create("/nowhere/preview", 1, &helper), RESULT_INVALID);
    assert_null(helper);
}

// What a confined process tries; true when the call itself was refused.
static bool opens(void)
{
    return open("/etc/hostname", O_RDONLY) < 0 && errno == EACCES;
}
static bool connects(void)
{
    return socket(AF_UNIX, SOCK_STREAM, 0) < 0;
}
static bool executes(void)
{
    char *const arguments[] = {(char[]){"true"}, NULL};
    execv("/bin/true", arguments);
    return true;
}
static bool forks(void)
{
    return fork() < 0;
}
static bool signals_its_parent(void)
{
    return kill(getppid(), 0) != 0;
}

static int confined(bool (*attempt)(void))
{
    pid_t child = fork();
    int status = 0;

    assert_true(child >= 0);
    if (child == 0) {
        if (preview_sandbox_enter() != RESULT_OK)
            _exit(9);
        _exit(attempt() ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static bool nothing(void)
{
    return true;
}

static void the_sandbox_holds(void **state)
{
    bool (*const deadly[])(void) = {connects, executes, forks, signals_its_parent};

    (void)state;
    assert_int_equal(confined(nothing), 0);
    assert_int_equal(confined(opens), 0);
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
        int status = confined(deadly[i]);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), SIGSYS);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_drawn_as_it_is),
        cmocka_unit_test(embedded_letters_are_drawn_inside_the_sandbox),
        cmocka_unit_test(what_is_not_there_or_not_a_document_is_refused),
        cmocka_unit_test(a_document_without_end_is_ended),
        cmocka_unit_test(a_helper_that_hangs_is_killed_in_time),
        cmocka_unit_test(no_descriptor_stays_open),
        cmocka_unit_test(the_path_must_be_a_program),
        cmocka_unit_test(the_sandbox_holds),
    };
    if (argc != 3)
        return 2;
    helper_path = argv[1];
    hanging_path = argv[2];
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    cairo_debug_reset_static_data(); // so that the leak checker sees only our own leaks
    FcFini();
    return failed;
}
