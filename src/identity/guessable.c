#include "identity/guessable.h"

#include <crack.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* libcrack keeps what it works on in one place of its own. */
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

enum { LONGEST = 128 };

bool guessable_ready(void)
{
	char path[256];
	int n = snprintf(path, sizeof path, "%s.pwd", GetDefaultCracklibDict());
	return n > 0 && (size_t)n < sizeof path && access(path, R_OK) == 0;
}

bool guessable(str password)
{
	char text[LONGEST + 1];
	if (password.n > LONGEST || memchr(password.p, '\0', password.n) != NULL ||
		!guessable_ready())
		return false;
	memcpy(text, password.p, password.n);
	text[password.n] = '\0';
	pthread_mutex_lock(&one_at_a_time);
	bool found = FascistCheck(text, GetDefaultCracklibDict()) != NULL;
	pthread_mutex_unlock(&one_at_a_time);
	return found;
}
