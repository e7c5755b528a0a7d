#include "seal_check.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "time_stamper.h"
#include "str.h"

#define SIZE_LEAST 64
#define SIZE_MOST (8 * 1024 * 1024)
#define CONTENTS_MOST (64 * 1024)

static enum result broken(int rule)
{
    log_error("seal", "a PDF breaks this rule of the seal's profile", rule);
    ERR_clear_error();
    return RESULT_REFUSED;
}

static size_t find(struct bytes whole, size_t from, const char *needle)
{
    if (from > whole.size)
        return SIZE_MAX;
    const uint8_t *at = memmem(whole.data + from, whole.size - from, needle, strlen(needle));
    return at == NULL ? SIZE_MAX : (size_t)(at - whole.data);
}

static size_t count(struct bytes whole, const char *needle)
{
    size_t found = 0;

    for (size_t at = find(whole, 0, needle); at != SIZE_MAX; at = find(whole, at + 1, needle))
        found++;
    return found;
}

static bool begins(struct bytes whole, size_t at, const char *with)
{
    return at <= whole.size && whole.size - at >= strlen(with) &&
           memcmp(whole.data + at, with, strlen(with)) == 0;
}

static enum result check_frame(struct bytes pdf)
{
    const char end[] = "%%EOF\n";

    if (pdf.size < SIZE_LEAST || pdf.size > SIZE_MOST || !begins(pdf, 0, "%PDF-1.") ||
        !begins(pdf, pdf.size - strlen(end), end))
        return broken(1);
    return RESULT_OK;
}

// Ten digits and the separator after them.
static bool read_number(struct bytes pdf, size_t at, char separator, uint64_t *out)
{
    uint64_t value = 0;

    for (size_t i = 0; i < 10; i++) {
        if (at + i >= pdf.size || pdf.data[at + i] < '0' || pdf.data[at + i] > '9')
            return false;
        value = value * 10 + (uint64_t)(pdf.data[at + i] - '0');
    }
    *out = value;
    return at + 10 < pdf.size && pdf.data[at + 10] == (uint8_t)separator;
}

struct gap {
    size_t begin, end; // of what is not signed: from '<' to just after '>'
};

static enum result check_range(struct bytes pdf, struct gap *gap)
{
    const char head[] = "/ByteRange [0 ";
    size_t at = find(pdf, 0, head);
    uint64_t first, second, rest;

    if (at == SIZE_MAX || count(pdf, "/ByteRange") != 1 || count(pdf, "/Contents <") != 1)
        return broken(2);
    at += strlen(head);
    if (!read_number(pdf, at, ' ', &first) || !read_number(pdf, at + 11, ' ', &second) ||
        !read_number(pdf, at + 22, ']', &rest))
        return broken(2);
    if (first >= second || second > pdf.size || rest != pdf.size - second ||
        second - first > CONTENTS_MOST || (second - first) % 2 != 0)
        return broken(3);
    *gap = (struct gap){.begin = first, .end = second};
    return RESULT_OK;
}

static int hex_value(uint8_t digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

// The gap is the value of /Contents and nothing else; *der holds its bytes.
static enum result check_gap(struct bytes pdf, const struct gap *gap, uint8_t *der, size_t *size)
{
    const char key[] = "/Contents ";
    size_t before = strlen(key);

    if (gap->begin < before || !begins(pdf, gap->begin - before, "/Contents <") ||
        pdf.data[gap->end - 1] != '>')
        return broken(3);
    *size = (gap->end - gap->begin - 2) / 2;
    for (size_t i = 0; i < *size; i++) {
        int high = hex_value(pdf.data[gap->begin + 1 + 2 * i]);
        int low = hex_value(pdf.data[gap->begin + 2 + 2 * i]);
        if (high < 0 || low < 0)
            return broken(3);
        der[i] = (uint8_t)(high << 4 | low);
    }
    return RESULT_OK;
}

// Number of the object that holds the gap, written before its head's " 0 obj".
static enum result check_revisions(struct bytes pdf, const struct gap *gap)
{
    struct bytes before = {pdf.data, gap->begin}, update;
    size_t object = SIZE_MAX, first_end = find(pdf, 0, "%%EOF");
    char value[32];

    for (size_t at = find(before, 0, " 0 obj\n<< /Type /Sig\n"); at != SIZE_MAX;
         at = find(before, at + 1, " 0 obj\n<< /Type /Sig\n"))
        object = at;
    if (object == SIZE_MAX || count(pdf, "%%EOF") != 2 || count(pdf, "startxref") != 2 ||
        find(pdf, gap->end, "\nxref\n") == SIZE_MAX)
        return broken(4);
    TRY(bytes_slice(pdf, first_end, pdf.size - first_end, &update));
    size_t digits = object;
    while (digits > 0 && pdf.data[digits - 1] >= '0' && pdf.data[digits - 1] <= '9')
        digits--;
    if (str_format(value, sizeof value, "/V %.*s 0 R\n", (int)(object - digits),
                   (const char *)pdf.data + digits) != RESULT_OK ||
        count(update, value) != 1 || count(update, "/V ") != 1)
        return broken(4);
    return RESULT_OK;
}

// Is this whole name there? Fonts are called /AAJSXY+Inter by a random tag, so a mere beginning of
// a name says nothing.
static bool has_name(struct bytes text, const char *name)
{
    static const char delimiters[] =
        " \t\r\n\f/<>[]()%{}"; // and the zero byte (ISO 32000-1, 7.2.2)

    for (size_t at = find(text, 0, name); at != SIZE_MAX; at = find(text, at + 1, name)) {
        size_t end = at + strlen(name);
        if (end == text.size || memchr(delimiters, text.data[end], sizeof delimiters) != NULL)
            return true;
    }
    return false;
}

// Names that make a document act, or hide things, looked for outside streams: in compressed data
// three letters come up by chance.
static enum result check_inert(struct bytes pdf)
{
    static const char *const forbidden[] = {
        "/JavaScript", "/JS",           "/Launch",    "/OpenAction", "/AA",     "/XFA",
        "/SubmitForm", "/EmbeddedFile", "/RichMedia", "/ObjStm",     "/Encrypt"};
    size_t at = 0;

    if (count(pdf, "/Filter /Adobe.PPKLite\n") != 1 ||
        count(pdf, "/SubFilter /ETSI.CAdES.detached\n") != 1)
        return broken(5);
    while (at < pdf.size) {
        size_t stream = find(pdf, at, "stream\n");
        size_t end = stream == SIZE_MAX ? pdf.size : stream;
        struct bytes outside = {pdf.data + at, end - at};
        for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++)
            if (has_name(outside, forbidden[i]))
                return broken(5);
        if (stream == SIZE_MAX)
            break;
        size_t after = find(pdf, stream + 1, "endstream\n");
        at = after == SIZE_MAX ? pdf.size : after + strlen("endstream\n");
    }
    return RESULT_OK;
}

static void release_cms(CMS_ContentInfo **cms)
{
    CMS_ContentInfo_free(*cms);
}

static bool has_baseline_attributes(const CMS_SignerInfo *info)
{
    static const int wanted[] = {NID_pkcs9_contentType, NID_pkcs9_messageDigest,
                                 NID_id_smime_aa_signingCertificateV2};

    for (size_t i = 0; i < 3; i++)
        if (CMS_signed_get_attr_by_NID(info, wanted[i], -1) < 0)
            return false;
    return CMS_signed_get_attr_count(info) == 3;
}

// One signer, detached, SHA-256, exactly the attributes of a baseline signature, then only zeros.
static enum result check_cms(const uint8_t *der, size_t size, CMS_ContentInfo **out)
{
    const uint8_t *at = der;
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)size);

    *out = cms;
    if (cms == NULL || OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed ||
        CMS_is_detached(cms) != 1 || sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(cms)) != 1)
        return broken(6);
    for (; at < der + size; at++)
        if (*at != 0)
            return broken(6);
    CMS_SignerInfo *info = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
    X509_ALGOR *digest = NULL;
    CMS_SignerInfo_get0_algs(info, NULL, NULL, &digest, NULL);
    if (OBJ_obj2nid(digest->algorithm) != NID_sha256 || !has_baseline_attributes(info))
        return broken(6);
    return RESULT_OK;
}

static void release_store(X509_STORE **store)
{
    X509_STORE_free(*store);
}

// A store that trusts the one authority at one time.
static X509_STORE *store_of(X509 *authority, int64_t at)
{
    X509_STORE *store = X509_STORE_new();

    if (store == NULL)
        return NULL;
    X509_VERIFY_PARAM *parameters = X509_STORE_get0_param(store);
    X509_VERIFY_PARAM_set_time(parameters, (time_t)at);
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_X509_STRICT);
    X509_VERIFY_PARAM_set_auth_level(parameters, 2);
    X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_ANY);
    X509_STORE_add_cert(store, authority);
    return store;
}

static bool is_of_organization(X509 *certificate, const char *organization)
{
    X509_NAME *subject = X509_get_subject_name(certificate);
    int at = X509_NAME_get_index_by_NID(subject, NID_organizationIdentifier, -1);

    if (at < 0 || X509_NAME_get_index_by_NID(subject, NID_organizationIdentifier, at) >= 0)
        return false;
    const ASN1_STRING *value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at));
    return (size_t)ASN1_STRING_length(value) == strlen(organization) &&
           memcmp(ASN1_STRING_get0_data(value), organization, strlen(organization)) == 0;
}

static bool may_seal(X509 *certificate, const char *organization)
{
    uint32_t usage = X509_get_key_usage(certificate);

    // Without the extension OpenSSL answers "everything": that is not good enough here.
    return usage != UINT32_MAX && (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0 &&
           is_of_organization(certificate, organization);
}

enum result seal_check_certificate(X509 *certificate, X509 *authority, const char *organization,
                                   int64_t at)
{
    __attribute__((cleanup(release_store))) X509_STORE *store = store_of(authority, at);
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    bool valid = store != NULL && context != NULL &&
                 X509_STORE_CTX_init(context, store, certificate, NULL) == 1 &&
                 X509_verify_cert(context) == 1 && may_seal(certificate, organization);

    X509_STORE_CTX_free(context);
    return valid ? RESULT_OK : broken(7);
}

static enum result check_signature(struct bytes pdf, const struct gap *gap, CMS_ContentInfo *cms,
                                   X509_STORE *store)
{
    BIO *content = BIO_new(BIO_s_mem());
    size_t rest = pdf.size - gap->end;
    bool valid = content != NULL && store != NULL &&
                 BIO_write(content, pdf.data, (int)gap->begin) == (int)gap->begin &&
                 BIO_write(content, pdf.data + gap->end, (int)rest) == (int)rest &&
                 CMS_verify(cms, NULL, store, content, NULL, CMS_BINARY | CMS_CADES) == 1;

    BIO_free(content);
    return valid ? RESULT_OK : broken(7);
}

static enum result check_signer(CMS_ContentInfo *cms, const char *organization)
{
    STACK_OF(X509) *signers = CMS_get0_signers(cms);
    bool valid = signers != NULL && sk_X509_num(signers) == 1 &&
                 may_seal(sk_X509_value(signers, 0), organization);

    sk_X509_free(signers);
    return valid ? RESULT_OK : broken(7);
}

// Rule 8: a time stamp that is there must hold, and one that is required must be there.
static enum result check_time_stamp(CMS_ContentInfo *cms, const struct seal_rules *rules,
                                    int64_t at)
{
    const CMS_SignerInfo *info = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
    enum result judged = time_stamp_judge(info, rules->time_authority, at);

    if (judged == RESULT_NOT_FOUND && !rules->time_required)
        return RESULT_OK;
    return judged == RESULT_OK ? RESULT_OK : broken(8);
}

enum result seal_check(struct bytes pdf, const struct seal_rules *rules, int64_t at)
{
    __attribute__((cleanup(release_cms))) CMS_ContentInfo *cms = NULL;
    __attribute__((cleanup(release_store))) X509_STORE *store = store_of(rules->authority, at);
    uint8_t der[CONTENTS_MOST / 2];
    struct gap gap = {};
    size_t size = 0;

    TRY(check_frame(pdf));
    TRY(check_range(pdf, &gap));
    TRY(check_gap(pdf, &gap, der, &size));
    TRY(check_revisions(pdf, &gap));
    TRY(check_inert(pdf));
    TRY(check_cms(der, size, &cms));
    TRY(check_signature(pdf, &gap, cms, store));
    TRY(check_signer(cms, rules->organization));
    return check_time_stamp(cms, rules, at);
}
