#include "generation.h"

#include "str.h"

static const struct generation generations[] = {
    // Long expired; the applet whose question for the tries costs one.
    {.name = "v11",
     .applet_version = 0x11,
     .holder_key = PKI_KEY_RSA_1024,
     .holder_digest = "SHA1",
     .register_digest = "SHA1",
     .photo_digest = "SHA1",
     .certificate_padding = 50,
     .no_certificate_size = 1300},
    {.name = "v17",
     .applet_version = 0x17,
     .holder_key = PKI_KEY_RSA_2048,
     .holder_digest = "SHA256",
     .register_digest = "SHA256",
     .photo_digest = "SHA256",
     .certificate_padding = 50,
     .no_certificate_size = 1300},
    // The same plastic with certificates of later authorities.
    {.name = "v17ec",
     .applet_version = 0x17,
     .elliptic = true,
     .holder_key = PKI_KEY_RSA_2048,
     .holder_digest = "SHA384",
     .register_digest = "SHA384",
     .photo_digest = "SHA256",
     .certificate_padding = 50,
     .no_certificate_size = 1300,
     .register_signature_size = 256},
    {.name = "v18",
     .applet_version = 0x18,
     .elliptic = true,
     .holder_key = PKI_KEY_P384,
     .holder_digest = "SHA384",
     .register_digest = "SHA384",
     .photo_digest = "SHA384",
     .certificate_padding = 1100,
     .no_certificate_size = 2500,
     .register_signature_size = 256,
     .basic_key = true},
};

const struct generation *generation_find(const char *name)
{
    for (size_t i = 0; i < sizeof generations / sizeof *generations; i++)
        if (str_equal(generations[i].name, name))
            return &generations[i];
    return NULL;
}

const char *generation_names(void)
{
    return "v11 v17 v17ec v18";
}
