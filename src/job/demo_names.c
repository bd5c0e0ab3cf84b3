#include "job/demo_names.h"

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum community { BRITISH, CENTRAL_EUROPE, WEST_AFRICA, HORN, MUSLIM_ASIA, INDIA, EAST_ASIA };

static const char *const girls[][16] = {
	[BRITISH] = { "Amelia", "Beth", "Carys", "Daisy", "Ellie", "Ffion", "Grace", "Holly",
		"Isla", "Jodie", "Keira", "Lowri", "Maisie", "Poppy", "Ruby", "Shannon" },
	[CENTRAL_EUROPE] = { "Agata", "Alicja", "Andreea", "Daria", "Elena", "Gabija", "Hanna",
		"Ioana", "Kinga", "Lena", "Maja", "Natalia", "Oliwia", "Roksana", "Wiktoria",
		"Zofia" },
	[WEST_AFRICA] = { "Abena", "Adaeze", "Amara", "Blessing", "Chidinma", "Efua", "Esi",
		"Folake", "Akosua", "Ifeoma", "Kehinde", "Mercy", "Ngozi", "Simi", "Temi", "Yaa" },
	[HORN] = { "Amal", "Ayaan", "Bilan", "Deqa", "Fadumo", "Hawa", "Hodan", "Ifrah", "Khadra",
		"Ladan", "Mariam", "Nasra", "Sagal", "Selam", "Sumaya", "Yasmin" },
	[MUSLIM_ASIA] = { "Aisha", "Anika", "Fariha", "Hafsa", "Iqra", "Laiba", "Mahira", "Nabila",
		"Nusrat", "Rabia", "Sadia", "Samira", "Sumaiya", "Tahmina", "Zainab", "Zara" },
	[INDIA] = { "Aanya", "Asha", "Diya", "Gurleen", "Harpreet", "Ishani", "Jasleen", "Kavya",
		"Meera", "Nisha", "Priya", "Riya", "Simran", "Tanvi", "Veena", "Zoya" },
	[EAST_ASIA] = { "An", "Chau", "Hana", "Hui", "Jia", "Kim", "Lan", "Linh", "Mai", "Mei",
		"My", "Ngan", "Thao", "Trang", "Xin", "Yan" },
};

static const char *const boys[][16] = {
	[BRITISH] = { "Alfie", "Ben", "Callum", "Dylan", "Ethan", "Finley", "George", "Harry",
		"Ieuan", "Jack", "Kyle", "Liam", "Mason", "Owen", "Rhys", "Tyler" },
	[CENTRAL_EUROPE] = { "Adam", "Antoni", "Bartek", "Darius", "Filip", "Igor", "Jakub",
		"Kacper", "Lukas", "Marek", "Matei", "Nikodem", "Oskar", "Radu", "Szymon",
		"Tomasz" },
	[WEST_AFRICA] = { "Ade", "Chidi", "David", "Ebo", "Emeka", "Femi", "Ike", "Kofi", "Kwame",
		"Kwesi", "Obi", "Samuel", "Seun", "Tobi", "Tunde", "Yaw" },
	[HORN] = { "Abdi", "Ahmed", "Bilal", "Dawit", "Farah", "Filmon", "Hamza", "Idris", "Liban",
		"Mahad", "Mohamed", "Omar", "Samatar", "Yonas", "Yusuf", "Zakaria" },
	[MUSLIM_ASIA] = { "Aqib", "Arman", "Faisal", "Hamid", "Hasan", "Imran", "Jawad", "Karim",
		"Mahdi", "Nabil", "Rafiq", "Rayan", "Saif", "Tariq", "Zayn", "Zubair" },
	[INDIA] = { "Aarav", "Arjun", "Dev", "Gurpreet", "Harjit", "Ishan", "Jai", "Karan", "Manav",
		"Nikhil", "Pranav", "Rohan", "Sahil", "Tejas", "Varun", "Yash" },
	[EAST_ASIA] = { "Bao", "Chen", "Duc", "Hai", "Hao", "Hung", "Jun", "Khang", "Long", "Minh",
		"Nam", "Phong", "Quan", "Tao", "Tuan", "Wei" },
};

static const char *const surnames[][20] = {
	[CENTRAL_EUROPE] = { "Adamczak", "Balan", "Bartosik", "Cerny", "Dobrzan", "Filipek",
		"Grabek", "Ionita", "Jankus", "Kazlo", "Lisek", "Marinov", "Nowicz", "Olszak",
		"Petrik", "Rusnak", "Stanek", "Tomczuk", "Urban", "Zielak" },
	[WEST_AFRICA] = { "Abara", "Adeniran", "Agbaje", "Amoako", "Asante", "Bankole", "Boakyewa",
		"Chukwuma", "Darkoh", "Ekwueme", "Fashola", "Igwe", "Kuffuor", "Nnamani", "Obiora",
		"Ogunsan", "Okeke", "Onuoha", "Sowande", "Tettehi" },
	[HORN] = { "Abdulle", "Aden", "Asfaha", "Barre", "Dirie", "Egal", "Farah", "Gedi", "Guled",
		"Hagos", "Hersi", "Isse", "Jama", "Kahin", "Mengesha", "Nur", "Roble", "Samatar",
		"Tesfay", "Warsame" },
	[MUSLIM_ASIA] = { "Ahmadzai", "Akhtari", "Barua", "Chaudhri", "Dar", "Faizi", "Ghani",
		"Hashmi", "Islam", "Jamil", "Karimi", "Laskar", "Malik", "Miah", "Noorzai", "Qazi",
		"Rafi", "Siddiq", "Talukder", "Zaman" },
	[INDIA] = { "Anand", "Bains", "Chander", "Dhanda", "Gill", "Iyer", "Joshi", "Kapur", "Lal",
		"Mehra", "Nair", "Oza", "Parikh", "Rana", "Sandhu", "Thakar", "Uppal", "Vyas",
		"Wadhwa", "Yadav" },
	[EAST_ASIA] = { "Bui", "Cao", "Chiu", "Dang", "Duong", "Fung", "Ho", "Kwan", "Lam", "Leung",
		"Ma", "Ngo", "Pan", "Phan", "Shu", "Tan", "Truong", "Vu", "Xie", "Yuen" },
};

/* British surnames are put together, so that a child's name does not stand in a real register. */
static const char *const start[] = { "Ash", "Bram", "Cold", "Dun", "Elder", "Fen", "Garl", "Hallow",
	"Kels", "Lang", "Marl", "Nether", "Oak", "Pend", "Quarr", "Raven", "Sten", "Thorn", "Under",
	"Wend" };
static const char *const finish[] = { "beck", "combe", "dale", "field", "garth", "ley", "mere",
	"ridge", "stow", "wick" };

static enum community community_of(struct dice *dice, const char *ethnicity)
{
	static const struct {
		const char *code;
		enum community community;
	} rows[] = { { "WOTH", CENTRAL_EUROPE }, { "WROM", CENTRAL_EUROPE },
		{ "BAFR", WEST_AFRICA }, { "MWBA", WEST_AFRICA }, { "BOTH", WEST_AFRICA },
		{ "AOTH", MUSLIM_ASIA }, { "APKN", MUSLIM_ASIA }, { "ABAN", MUSLIM_ASIA },
		{ "MWAS", MUSLIM_ASIA }, { "AIND", INDIA }, { "CHNE", EAST_ASIA },
		{ "OOTH", HORN } };
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (strcmp(rows[i].code, ethnicity) == 0) {
			if (rows[i].community == WEST_AFRICA && dice->state % 3 == 0)
				return HORN;
			return rows[i].community;
		}
	}
	return BRITISH;
}

void demo_surname(struct dice *dice, const char *ethnicity, char surname[DEMO_NAME])
{
	enum community community = community_of(dice, ethnicity);
	if (community == BRITISH)
		snprintf(surname, DEMO_NAME, "%s%s", start[dice_in(dice, 0, COUNT(start) - 1)],
			finish[dice_in(dice, 0, COUNT(finish) - 1)]);
	else
		snprintf(surname, DEMO_NAME, "%s", surnames[community][dice_in(dice, 0, 19)]);
}

void demo_forename(struct dice *dice, const char *ethnicity, char sex, char forename[DEMO_NAME])
{
	enum community community = community_of(dice, ethnicity);
	snprintf(forename, DEMO_NAME, "%s",
		(sex == 'F' ? girls : boys)[community][dice_in(dice, 0, 15)]);
}

struct demo_name demo_staff_name(uint64_t seed, int n)
{
	enum { FORENAMES = 7 * 32, SURNAMES = 200, ALL = FORENAMES * SURNAMES };
	/* 10,007 is prime and divides none of ALL: one person a number, in no visible order. */
	uint64_t at = (seed % ALL + (uint64_t)n * 10007) % ALL;
	size_t forename = at % FORENAMES, surname = at / FORENAMES;
	size_t community = forename % 7, which = forename / 7;
	struct demo_name name;
	snprintf(name.forename, DEMO_NAME, "%s",
		(which % 2 == 0 ? girls : boys)[community][which / 2]);
	/* A third of the surnames are not put together. */
	if (community != BRITISH && surname % 3 != 0)
		snprintf(name.surname, DEMO_NAME, "%s%s%s", surnames[community][surname % 20],
			surname < 20 ? "" : "-", surname < 20 ? "" : start[surname / 20 + 9]);
	else
		snprintf(
			name.surname, DEMO_NAME, "%s%s", start[surname / 10], finish[surname % 10]);
	return name;
}
