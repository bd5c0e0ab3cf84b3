/* check_cin.h - duly check cin: the children in need census held against its rules. */
#pragma once

#include "cli/command.h"

/* The exit status. `year` is that of the closing 31 March; 0: the one that the file says. */
int check_cin(const struct args *args, int year);
