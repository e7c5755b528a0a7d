// faulty-printer FOLDER [--keep FOLDER] | --list: a laser printer on the loopback address that
// fails on request.
#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "printer_answers.h"

#define DOCUMENT_MAXIMUM ((size_t)4 * 1024 * 1024)
#define LATE_MS 400

struct visitor {
    http_t *http;
    struct paper_path *path;
    const char *keep; // where documents are kept; NULL: nowhere
};

// The other side sees a reset, not an orderly end.
static void cut(http_t *http)
{
    const struct linger now = {.l_onoff = 1, .l_linger = 0};

    (void)setsockopt(httpGetFd(http), SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

static void wait_for_the_fault_to_end(struct paper_path *path)
{
    enum fault_line line = paper_path_fault(path)->line;

    while (paper_path_fault(path)->line == line)
        (void)poll(NULL, 0, 20);
}

// ---- the document

// What the page tree of the newest version of a plain, flat PDF says (a sealed one has an older
// version in front, in which the same pages stand a second time).
static int count_pages(const char *document, size_t size)
{
    static const char tree[] = "/Type /Pages", count[] = "/Count ";
    const char *at = document, *end = document + size, *last = NULL;

    while ((at = memmem(at, (size_t)(end - at), tree, sizeof tree - 1)) != NULL)
        last = at++;
    at = last == NULL ? NULL : memmem(last, (size_t)(end - last), count, sizeof count - 1);
    return at == NULL ? 0 : (int)strtol(at + sizeof count - 1, NULL, 10);
}

// The bytes as they came; the newest document only, whole from the moment it has its name.
static void keep_document(const char *folder, const char *document, size_t size)
{
    char now[512], then[520];

    if (folder == NULL)
        return;
    (void)snprintf(now, sizeof now, "%s/document.pdf", folder);
    (void)snprintf(then, sizeof then, "%s.new", now);
    FILE *file = fopen(then, "w");
    if (file == NULL)
        return;
    bool whole = fwrite(document, 1, size, file) == size;
    if (fclose(file) == 0 && whole)
        (void)rename(then, now);
}

// How many pages it has; -1: the line was cut in the middle, as the fault wants it.
static int read_document(http_t *http, const struct fault *fault, const char *keep)
{
    char *document = malloc(DOCUMENT_MAXIMUM);
    size_t size = 0;
    ssize_t piece = 1;

    while (document != NULL && piece > 0 && size < DOCUMENT_MAXIMUM) {
        piece = httpRead2(http, document + size, DOCUMENT_MAXIMUM - size);
        size += piece > 0 ? (size_t)piece : 0;
        if (fault->line == LINE_RESET_IN_DOCUMENT && size > 0) {
            free(document);
            return -1;
        }
    }
    int pages = document == NULL ? 0 : count_pages(document, size);
    if (pages > 0 && fault->refusal == 0 && fault->line != LINE_RESET_INSTEAD_OF_JOB)
        keep_document(keep, document, size);
    free(document);
    return pages;
}

// ---- one question

static bool send_answer(http_t *http, ipp_t *answer)
{
    httpClearFields(http);
    httpSetField(http, HTTP_FIELD_CONTENT_TYPE, "application/ipp");
    httpSetLength(http, ippLength(answer));
    if (httpWriteResponse(http, HTTP_STATUS_OK) < 0)
        return false;
    ippSetState(answer, IPP_STATE_IDLE);
    ipp_state_t state = ippWrite(http, answer);
    while (state != IPP_STATE_DATA && state != IPP_STATE_ERROR)
        state = ippWrite(http, answer);
    return state == IPP_STATE_DATA && httpFlushWrite(http) >= 0;
}

static bool send_nonsense(http_t *http)
{
    static const char text[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n"
                               "\r\n<p>hello<";

    return write(httpGetFd(http), text, sizeof text - 1) == (ssize_t)sizeof text - 1;
}

static bool send_server_error(http_t *http)
{
    httpClearFields(http);
    httpSetLength(http, 0);
    return httpWriteResponse(http, HTTP_STATUS_SERVER_ERROR) >= 0 && httpFlushWrite(http) >= 0;
}

// What the line does after the request came whole; false: nothing more comes over it.
static bool line_answers(struct visitor *visitor, const struct fault *fault, bool prints,
                         ipp_t *answer)
{
    if (fault->line == LINE_NONSENSE)
        return send_nonsense(visitor->http);
    if (fault->line == LINE_SERVER_ERROR)
        return send_server_error(visitor->http);
    if (fault->line == LINE_LATE)
        (void)poll(NULL, 0, LATE_MS);
    if (fault->line == LINE_SILENT || (fault->line == LINE_SILENT_AFTER_DOCUMENT && prints))
        wait_for_the_fault_to_end(visitor->path);
    if (prints &&
        (fault->line == LINE_RESET_BEFORE_ANSWER || fault->line == LINE_RESET_INSTEAD_OF_JOB)) {
        cut(visitor->http);
        return false;
    }
    return send_answer(visitor->http, answer);
}

static bool serve(struct visitor *visitor, ipp_t *request)
{
    const struct fault *fault = paper_path_fault(visitor->path);
    bool prints = ippGetOperation(request) == IPP_OP_PRINT_JOB;
    int pages = -1;

    if (prints) {
        pages = read_document(visitor->http, fault, visitor->keep);
        if (pages < 0) {
            cut(visitor->http);
            return false;
        }
    }
    if (fault->line == LINE_SERVER_ERROR || (prints && fault->line == LINE_NONSENSE) ||
        (prints && fault->line == LINE_RESET_INSTEAD_OF_JOB))
        return line_answers(visitor, fault, prints, NULL);
    ipp_t *answer = printer_answer(visitor->path, request, pages);
    bool goes_on = line_answers(visitor, fault, prints, answer);
    ippDelete(answer);
    return goes_on;
}

static bool read_headers(struct visitor *visitor)
{
    char address[1024];
    http_status_t status = HTTP_STATUS_CONTINUE;

    if (httpReadRequest(visitor->http, address, sizeof address) != HTTP_STATE_POST)
        return false;
    while (status == HTTP_STATUS_CONTINUE)
        status = httpUpdate(visitor->http);
    if (status != HTTP_STATUS_OK)
        return false;
    // Only a hand-over is sent in pieces of unknown total length.
    if (paper_path_fault(visitor->path)->line == LINE_RESET_AFTER_HEADERS &&
        httpIsChunked(visitor->http)) {
        cut(visitor->http);
        return false;
    }
    return httpGetExpect(visitor->http) != HTTP_STATUS_CONTINUE ||
           httpWriteResponse(visitor->http, HTTP_STATUS_CONTINUE) >= 0;
}

static bool read_request(http_t *http, ipp_t *request)
{
    ipp_state_t state = IPP_STATE_IDLE;

    while (state != IPP_STATE_DATA && state != IPP_STATE_ERROR)
        state = ippRead(http, request);
    return state == IPP_STATE_DATA;
}

static bool is_gone(const struct visitor *visitor)
{
    return paper_path_fault(visitor->path)->line == LINE_RESET_AT_CONNECT;
}

static void *attend(void *self)
{
    struct visitor *visitor = self;
    bool goes_on = true;

    if (is_gone(visitor)) {
        cut(visitor->http);
        goes_on = false;
    }
    while (goes_on && read_headers(visitor)) {
        ipp_t *request = ippNew();
        goes_on = read_request(visitor->http, request);
        if (goes_on && is_gone(visitor)) { // also to who was connected before
            cut(visitor->http);
            goes_on = false;
        }
        goes_on = goes_on && serve(visitor, request);
        ippDelete(request);
    }
    httpClose(visitor->http);
    free(visitor);
    return NULL;
}

// ---- the program

static int listen_somewhere(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listener, 16) != 0 || getsockname(listener, (struct sockaddr *)&address, &size) != 0)
        return -1;
    *port = ntohs(address.sin_port);
    return listener;
}

static bool tell_address(const char *folder, int port)
{
    char now[512], then[520];

    (void)snprintf(now, sizeof now, "%s/uri", folder);
    (void)snprintf(then, sizeof then, "%s.new", now);
    FILE *file = fopen(then, "w");
    if (file == NULL)
        return false;
    (void)fprintf(file, "ipp://127.0.0.1:%d/ipp/print\n", port);
    return fclose(file) == 0 && rename(then, now) == 0;
}

static void receive(struct paper_path *path, int listener, const char *keep)
{
    pthread_t thread;

    for (;;) {
        struct visitor *visitor = calloc(1, sizeof *visitor);
        if (visitor == NULL)
            return;
        *visitor = (struct visitor){httpAcceptConnection(listener, 1), path, keep};
        if (visitor->http == NULL || pthread_create(&thread, NULL, attend, visitor) != 0) {
            httpClose(visitor->http);
            free(visitor);
        } else {
            (void)pthread_detach(thread);
        }
    }
}

int main(int count, char **texts)
{
    int port = 0;

    if (count == 2 && strcmp(texts[1], "--list") == 0) {
        faults_list(stdout);
        return EXIT_SUCCESS;
    }
    if (count != 2 && (count != 4 || strcmp(texts[2], "--keep") != 0)) {
        (void)fprintf(stderr, "usage: faulty-printer FOLDER [--keep FOLDER] | --list\n");
        return 2;
    }
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    (void)signal(SIGPIPE, SIG_IGN);
    int listener = listen_somewhere(&port);
    struct paper_path *path = listener < 0 ? NULL : paper_path_create(texts[1]);
    if (path == NULL || !tell_address(texts[1], port)) {
        (void)fprintf(stderr, "faulty-printer: no free port, or %s cannot be written\n", texts[1]);
        return EXIT_FAILURE;
    }
    receive(path, listener, count == 4 ? texts[3] : NULL);
    return EXIT_FAILURE;
}
