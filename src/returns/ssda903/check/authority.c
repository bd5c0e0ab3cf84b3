#include "returns/ssda903/check/authority.h"

/* Codes E07000000 + from to + to, which lie in one county or became one authority. Districts were numbered
 * by county and name in 2009; those made later stand by themselves. Not yet held against the register of
 * the Office for National Statistics: docs/returns.md says so, too. */
static const struct {
	short from, to;
	str authority;
} districts[] = {
	{ 4, 7, S_INIT("E06000060") },     /* Buckinghamshire, since 2020 one authority */
	{ 8, 12, S_INIT("E10000003") },    /* Cambridgeshire */
	{ 26, 26, S_INIT("E06000063") },   /* Cumberland: Allerdale, Carlisle, Copeland */
	{ 27, 27, S_INIT("E06000064") },   /* Westmorland and Furness: Barrow, Eden, South Lakeland */
	{ 28, 29, S_INIT("E06000063") },
	{ 30, 31, S_INIT("E06000064") },
	{ 32, 39, S_INIT("E10000007") },   /* Derbyshire */
	{ 40, 47, S_INIT("E10000008") },   /* Devon */
	{ 48, 48, S_INIT("E06000058") },   /* Christchurch, with Bournemouth and Poole since 2019 */
	{ 49, 53, S_INIT("E06000059") },   /* Dorset, since 2019 one authority */
	{ 61, 65, S_INIT("E10000011") },   /* East Sussex */
	{ 66, 77, S_INIT("E10000012") },   /* Essex */
	{ 78, 83, S_INIT("E10000013") },   /* Gloucestershire */
	{ 84, 94, S_INIT("E10000014") },   /* Hampshire */
	{ 95, 104, S_INIT("E10000015") },  /* Hertfordshire */
	{ 105, 116, S_INIT("E10000016") }, /* Kent */
	{ 117, 128, S_INIT("E10000017") }, /* Lancashire */
	{ 129, 135, S_INIT("E10000018") }, /* Leicestershire */
	{ 136, 142, S_INIT("E10000019") }, /* Lincolnshire */
	{ 143, 149, S_INIT("E10000020") }, /* Norfolk */
	{ 150, 150, S_INIT("E06000061") }, /* North Northamptonshire: Corby, East Northants, Kettering, */
	{ 151, 151, S_INIT("E06000062") }, /* West: Daventry, Northampton, South Northants */
	{ 152, 153, S_INIT("E06000061") },
	{ 154, 155, S_INIT("E06000062") },
	{ 156, 156, S_INIT("E06000061") }, /* and Wellingborough */
	{ 163, 169, S_INIT("E06000065") }, /* North Yorkshire, since 2023 one authority */
	{ 170, 176, S_INIT("E10000024") }, /* Nottinghamshire */
	{ 177, 181, S_INIT("E10000025") }, /* Oxfordshire */
	{ 187, 191, S_INIT("E06000066") }, /* Somerset, since 2023 one authority */
	{ 192, 199, S_INIT("E10000028") }, /* Staffordshire */
	{ 200, 206, S_INIT("E10000029") }, /* Suffolk */
	{ 207, 217, S_INIT("E10000030") }, /* Surrey */
	{ 218, 222, S_INIT("E10000031") }, /* Warwickshire */
	{ 223, 229, S_INIT("E10000032") }, /* West Sussex */
	{ 234, 239, S_INIT("E10000034") }, /* Worcestershire */
	{ 240, 243, S_INIT("E10000015") }, /* St Albans, Welwyn Hatfield, East Hertfordshire, Stevenage */
	{ 244, 245, S_INIT("E10000029") }, /* East and West Suffolk */
	{ 246, 246, S_INIT("E06000066") }, /* Somerset West and Taunton */
};

/* Authorities whose own code is no more. */
static const struct {
	str was, is;
} others[] = {
	{ S_INIT("E06000028"), S_INIT("E06000058") }, /* Bournemouth */
	{ S_INIT("E06000029"), S_INIT("E06000058") }, /* Poole */
	{ S_INIT("E06000048"), S_INIT("E06000057") }, /* Northumberland */
	{ S_INIT("E08000016"), S_INIT("E08000038") }, /* Barnsley */
	{ S_INIT("E08000019"), S_INIT("E08000039") }, /* Sheffield */
	{ S_INIT("E08000020"), S_INIT("E08000037") }, /* Gateshead */
	{ S_INIT("E10000002"), S_INIT("E06000060") }, /* Buckinghamshire */
	{ S_INIT("E10000009"), S_INIT("E06000059") }, /* Dorset */
	{ S_INIT("E10000023"), S_INIT("E06000065") }, /* North Yorkshire */
	{ S_INIT("E10000027"), S_INIT("E06000066") }, /* Somerset */
};

static str district(int number, str otherwise)
{
	for (size_t i = 0; i < sizeof districts / sizeof *districts; i++) {
		if (number >= districts[i].from && number <= districts[i].to)
			return districts[i].authority;
	}
	return otherwise;
}

str authority_for_children(str code)
{
	int64_t number;
	if (code.n != 9)
		return code;
	if (str_equal_nocase(str_upto(code, 3), S("E07")) && str_int(str_from(code, 3), &number))
		return district((int)number, code);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		if (str_equal_nocase(code, others[i].was))
			return others[i].is;
	}
	return code;
}
