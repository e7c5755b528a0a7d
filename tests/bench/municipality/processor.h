// processor.h: which processor the calling thread, and what it starts from now on, runs on. A
// server and what asks it get one each where there are two, so that neither takes the other's time.
#pragma once

enum processor { PROCESSOR_OF_SERVER, PROCESSOR_OF_CLIENTS };

void processor_use(enum processor which);
