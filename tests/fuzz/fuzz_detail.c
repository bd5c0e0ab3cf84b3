/* An event's detail: a key is found with a value of the text itself, and condition and rule agree. */
#include "fuzz.h"
#include "law/rule.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	str text = { (const char *)bytes, n }, key = S("");
	if (!str_split(&text, '\n', &key))
		return 0;
	str value = { 0 };
	bool found = detail_find(text, key, &value);
	if (found)
		must(value.n == 0 || (value.p >= text.p && value.p + value.n <= text.p + text.n));
	struct condition condition = { .key = key, .values = &value, .n = 1 };
	enum condition_answer answer = condition_ask(&condition, text);
	must((answer == CONDITION_YES) == (found && value.n > 0));
	word_find(text);
	return 0;
}
