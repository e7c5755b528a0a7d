#include "https_backend.h"

#include "wiping_memory.h"

#include <curl/curl.h>
#include <jansson.h>

enum result https_library_begin(void)
{
    json_set_alloc_funcs(wiping_malloc, wiping_free);
    CURLcode code = curl_global_init_mem(CURL_GLOBAL_DEFAULT, wiping_malloc, wiping_free,
                                         wiping_realloc, wiping_strdup, wiping_calloc);
    return code == CURLE_OK ? RESULT_OK : RESULT_FAILED;
}

void https_library_end(void)
{
    curl_global_cleanup();
}
