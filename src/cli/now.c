#include "cli/now.h"

#include <time.h>

instant now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_REALTIME, &time);
	return (instant)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}
