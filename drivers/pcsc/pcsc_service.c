#include "pcsc_service.h"

#include "log.h"
#include "str.h"

#include <string.h>

#define READER_LIST_SIZE (PCSCLITE_MAX_READERS_CONTEXTS * MAX_READERNAME)

enum result pcsc_context_open(struct pcsc_context *context)
{
    if (context->open)
        return RESULT_OK;
    LONG code = SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &context->handle);
    context->open = code == SCARD_S_SUCCESS;
    return pcsc_result(code);
}

void pcsc_context_close(struct pcsc_context *context)
{
    if (context->open)
        SCardReleaseContext(context->handle);
    context->open = false;
}

bool pcsc_context_lost(struct pcsc_context *context, LONG code)
{
    // A security violation is what pcsc-lite makes of a daemon that hangs up: it may have turned
    // this user away, or have ended while somebody waited for a card.
    bool lost = code == SCARD_F_COMM_ERROR || code == SCARD_E_NO_SERVICE ||
                code == SCARD_E_SERVICE_STOPPED || code == SCARD_E_INVALID_HANDLE ||
                code == SCARD_W_SECURITY_VIOLATION;

    if (lost) {
        log_warning("pcsc", "the smart card service is gone", code);
        pcsc_context_close(context);
    }
    return lost;
}

enum result pcsc_result(LONG code)
{
    switch (code) {
    case SCARD_S_SUCCESS:
        return RESULT_OK;
    case SCARD_W_REMOVED_CARD:
    case SCARD_E_NO_SMARTCARD:
        return RESULT_REMOVED;
    case SCARD_F_COMM_ERROR:
    case SCARD_E_NO_SERVICE:
    case SCARD_E_SERVICE_STOPPED:
    case SCARD_E_INVALID_HANDLE:
    case SCARD_E_UNKNOWN_READER:
    case SCARD_E_READER_UNAVAILABLE:
    case SCARD_E_NO_READERS_AVAILABLE:
    case SCARD_W_SECURITY_VIOLATION: // polkit refuses this user: a matter of installation
        return RESULT_UNREACHABLE;
    case SCARD_E_SHARING_VIOLATION:
        return RESULT_BUSY;
    case SCARD_E_CANCELLED:
        return RESULT_CANCELLED;
    case SCARD_E_NO_MEMORY:
        return RESULT_NO_MEMORY;
    default:
        return RESULT_FAILED;
    }
}

enum result pcsc_find_reader(struct pcsc_context *context, const char *wanted,
                             char name[PCSC_READER_NAME_SIZE])
{
    char names[READER_LIST_SIZE] = "";
    DWORD size = sizeof names;
    bool any = wanted == NULL || wanted[0] == '\0';

    name[0] = '\0';
    LONG code = SCardListReaders(context->handle, NULL, names, &size);
    (void)pcsc_context_lost(context, code);
    TRY(pcsc_result(code));
    // Names one behind the other, an empty one at the end.
    for (const char *at = names; *at != '\0'; at += strlen(at) + 1) {
        if (!any && strstr(at, wanted) == NULL)
            continue;
        if (name[0] != '\0')
            return RESULT_INVALID;
        TRY(str_copy(name, PCSC_READER_NAME_SIZE, at));
        if (!any)
            return RESULT_OK;
    }
    return name[0] != '\0' ? RESULT_OK : RESULT_UNREACHABLE;
}
