#include "identity/oidc_ask.h"

#include "base/arena.h"

#include <curl/curl.h>
#include <pthread.h>

enum { ASK_CAP = 64 << 10, OK = 200 };

static void set_up(void)
{
	must(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
}

static size_t take(char *bytes, size_t size, size_t n, void *self)
{
	struct buf *out = self;
	buf_bytes(out, bytes, size * n);
	return out->full ? 0 : size * n;
}

static void options(CURL *curl, const struct oidc_ask *ask, struct arena *arena, struct buf *out)
{
	/* What is https stays https; plain http was let pass for this machine alone. */
	const char *only = str_starts(ask->url, S("https://")) ? "https" : "http";
	curl_easy_setopt(curl, CURLOPT_URL, arena_text(arena, ask->url));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, only);
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	/* Empty is "none": otherwise the environment would be asked. */
	curl_easy_setopt(curl, CURLOPT_PROXY, arena_text(arena, ask->proxy));
	curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)OIDC_WAIT_MS);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)OIDC_CONNECT_MS);
	curl_easy_setopt(curl, CURLOPT_MAXFILESIZE, (long)OIDC_ANSWER_MAX);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "Duly");
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, out);
	if (ask->form.n > 0) {
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)ask->form.n);
		curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, ask->form.p);
	}
}

static bool judge(CURL *curl, CURLcode done, const struct buf *body, struct err *err)
{
	long status = 0;
	if (body->full || done == CURLE_FILESIZE_EXCEEDED)
		return err_set(err, ERR_FULL, "the issuer said more than a megabyte");
	if (done == CURLE_OPERATION_TIMEDOUT)
		return err_set(err, ERR_IO, "the issuer did not answer within five seconds");
	if (done != CURLE_OK)
		return err_set(err, ERR_IO, "the issuer was not reached: %s",
			curl_easy_strerror(done));
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	return status == OK ||
	       err_set(err, ERR_DENIED, "the issuer answered %ld where 200 was wanted", status);
}

bool oidc_ask_send(const struct oidc_ask *ask, struct buf *out, struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, set_up);
	struct arena *arena = arena_open(ASK_CAP);
	struct buf body = { .limit = OIDC_ANSWER_MAX };
	CURL *curl = curl_easy_init();
	must(curl != NULL);
	struct curl_slist *headers = curl_slist_append(NULL, "Accept: application/json");
	if (ask->authorization.n > 0)
		headers = curl_slist_append(headers, arena_text(arena, ask->authorization));
	options(curl, ask, arena, &body);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	bool done = judge(curl, curl_easy_perform(curl), &body, err);
	if (done)
		buf_str(out, buf_view(&body));
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	buf_close(&body);
	arena_close(arena);
	return done;
}
