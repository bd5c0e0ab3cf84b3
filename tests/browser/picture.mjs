// picture.mjs - what a page looks like, coarsely: a letter for each square of 20 by 20 pixels. Letters
// are ink and colour, not glyphs, so that another font or another version of one moves them little;
// how far two pictures are apart forgives rows that came in between.
//
//   .  as good as white      o  words, lines, pale colours      #  dark
//   b g r y p  a strong blue, green, red, yellow, purple
export const SQUARE = 20;

// In the browser, which can read its own pictures: a blank page that no policy binds.
export async function lettersOf(blank, png) {
  return blank.evaluate(async ([text, square]) => {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const columns = Math.floor(image.width / square), rows = Math.floor(image.height / square);
    const canvas = new OffscreenCanvas(columns, rows), context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, columns * square, rows * square, 0, 0, columns, rows);
    const { data } = context.getImageData(0, 0, columns, rows);
    const letter = (red, green, blue) => {
      const most = Math.max(red, green, blue), least = Math.min(red, green, blue), light = (most + least) / 510;
      if (light > 0.96)
        return '.';
      if (light > 0.6)
        return 'o';
      if (most - least < 50)
        return '#';
      if (most === green)
        return 'g';
      if (most === blue)
        return red > green + 30 ? 'p' : 'b';
      return green > 0.6 * red ? 'y' : 'r';
    };
    return Array.from({ length: rows }, (_, y) => Array.from({ length: columns }, (_, x) =>
      letter(...data.slice((y * columns + x) * 4, (y * columns + x) * 4 + 3))).join(''));
  }, [png.toString('base64'), SQUARE]);
}

// Colour is what a reader finds their way by: it weighs more than words.
const weight = (letter) => (letter === '.' ? 0 : letter === 'o' ? 1 : 4);
const inkOf = (row) => [...row].reduce((sum, letter) => sum + weight(letter), 0);
const apart = (a, b) => {
  let sum = 0;
  for (let x = 0; x < Math.max(a.length, b.length); x++)
    if (a[x] !== b[x])
      sum += weight(a[x] ?? '.') + weight(b[x] ?? '.');
  return sum;
};

// The strong colours that there are: one button of another colour is few squares, and much to a reader.
export const coloursOf = (rows) => [...'bgryp'].filter((letter) => rows.some((row) => row.includes(letter))).join('');

// 0: alike; 1: nothing in common. The rows are laid beside each other as they fit best.
export function distance(was, is) {
  let before = [0];
  for (const row of is)
    before.push(before.at(-1) + inkOf(row));
  for (const old of was) {
    const now = [before[0] + inkOf(old)];
    is.forEach((row, y) => now.push(Math.min(before[y] + apart(old, row), before[y + 1] + inkOf(old), now[y] + inkOf(row))));
    before = now;
  }
  return before.at(-1) / Math.max(1, [...was, ...is].reduce((sum, row) => sum + inkOf(row), 0));
}
