/* search_sound.h - how a name sounds, as a short key: Mohammed and Muhamad, Catherine and Kathryn,
 * Smith and Smyth have one.
 *
 * Fitted to names as they are written in England, whatever they come from: consonants in classes,
 * vowels left out but for one that begins the name, silent letters and doubled ones dropped. A
 * sound finds; it does not identify.
 */
#pragma once

#include "base/buf.h"

enum { SOUND_MOST = 8 };

/* Appends the sound of one folded name (utf8.h), at most SOUND_MOST letters; nothing for a name
 * with too little to go by, or in another script. */
void buf_sound(struct buf *buf, str folded);
