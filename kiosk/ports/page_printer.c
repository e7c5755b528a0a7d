#include "page_printer.h"

const char *page_printer_condition_text(enum page_printer_condition condition)
{
    static const char *const texts[PAGE_PRINTER_CONDITION_COUNT] = {
        [PAGE_PRINTER_READY] = "online, paper: full, media: not jammed",
        [PAGE_PRINTER_OFFLINE] = "device: offline, look at cable, switch and address",
        [PAGE_PRINTER_MEDIA_EMPTY] = "paper: out, fill the A4 tray",
        [PAGE_PRINTER_MEDIA_JAM] = "media: jammed, look for half a certificate inside",
        [PAGE_PRINTER_COVER_OPEN] = "device: cover or door open",
        [PAGE_PRINTER_TONER_EMPTY] = "toner: out, change the cartridge",
        [PAGE_PRINTER_PAUSED] = "device: paused, or it accepts no jobs; see its panel",
        [PAGE_PRINTER_ATTENTION] = "device: user action needed, see its panel",
        [PAGE_PRINTER_STOPPED] = "device: stopped without a reason, see its panel",
        [PAGE_PRINTER_OUTPUT_FULL] = "output bin: full, empty it",
        [PAGE_PRINTER_WRONG_MEDIA] = "paper: no A4 loaded, other sizes are",
        [PAGE_PRINTER_NO_PDF] = "device: takes no PDF, another model or a queue is needed",
    };

    return texts[condition];
}
