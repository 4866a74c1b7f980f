// Unpacks an .lzma file (LZMA specification by Igor Pavlov, 2015, lzma-specification.7z): a coder that guesses each bit from the
// bits before it, and is told only where it guessed wrong. The browser's own DecompressionStream knows deflate only, which makes
// a module a sixth larger than this does, and older browsers lack it.
(() => {
  "use strict";

  /** Guesses: how likely a bit is 0, in 2048ths. */
  const guesses = (count) => new Uint16Array(count).fill(1024);

  /** Reads bits as the coder guesses them. */
  function reader(input, start) {
    let at = start + 5;
    let range = 0xffffffff;
    let code = new DataView(input.buffer).getUint32(start + 1);
    const refill = () => {
      if (range >= 0x1000000) return;
      range = (range << 8) >>> 0;
      code = ((code << 8) | input[at++]) >>> 0;
    };
    const bit = (table, index) => {
      const guess = table[index];
      const bound = (range >>> 11) * guess;
      const isOne = code >= bound;
      table[index] += isOne ? -(guess >> 5) : (2048 - guess) >> 5;
      code = isOne ? code - bound : code;
      range = isOne ? range - bound : bound;
      refill();
      return +isOne;
    };
    return {
      bit,
      /** A number, its highest bit first. */
      number(table, base, bits) {
        let number = 1;
        for (let i = 0; i < bits; i++) number = (number << 1) | bit(table, base + number);
        return number - (1 << bits);
      },
      /** A number, its lowest bit first. */
      reversed(table, base, bits) {
        let number = 0;
        for (let i = 0, node = 1; i < bits; i++) {
          const one = bit(table, base + node);
          node = (node << 1) | one;
          number |= one << i;
        }
        return number;
      },
      /** Bits that are not guessed. */
      plain(bits) {
        let number = 0;
        for (let i = 0; i < bits; i++) {
          range >>>= 1;
          const isOne = code >= range;
          if (isOne) code -= range;
          number = (number << 1) | +isOne;
          refill();
        }
        return number;
      },
    };
  }

  /** How many bytes are repeated. */
  function lengths({ bit, number }) {
    const table = guesses(514);
    return (place) => {
      if (!bit(table, 0)) return 2 + number(table, 2 + (place << 3), 3);
      if (!bit(table, 1)) return 10 + number(table, 130 + (place << 3), 3);
      return 18 + number(table, 258, 8);
    };
  }

  /** How far back they are, less one. */
  function distances({ number, reversed, plain }) {
    const slots = guesses(256);
    const middle = guesses(128);
    const low = guesses(16);
    return (length) => {
      const slot = number(slots, Math.min(length - 2, 3) << 6, 6);
      if (slot < 4) return slot;
      const bits = (slot >> 1) - 1;
      const base = (2 | (slot & 1)) << bits;
      if (slot < 14) return base + reversed(middle, base - slot, bits);
      return base + (plain(bits - 4) << 4) + reversed(low, 0, 4);
    };
  }

  /** One byte, guessed from the one before it and, after a repetition, from the one that would have come next. */
  function literals({ bit }, count) {
    const table = guesses(0x300 << count);
    return (before, expected) => {
      const base = 0x300 * (before >> (8 - count));
      let symbol = 1;
      for (let place = 7; expected >= 0 && symbol < 0x100 && place >= 0; place--) {
        const wanted = (expected >> place) & 1;
        const one = bit(table, base + ((1 + wanted) << 8) + symbol);
        symbol = (symbol << 1) | one;
        if (one !== wanted) break;
      }
      while (symbol < 0x100) symbol = (symbol << 1) | bit(table, base + symbol);
      return symbol & 255;
    };
  }

  /** The bytes of an .lzma file: 1 byte of settings, 4 of memory, 8 of length, and what was packed. */
  window.labbook.live.unpack = (input) => {
    const settings = input[0];
    const places = (1 << Math.floor(settings / 45)) - 1;
    const output = new Uint8Array(new DataView(input.buffer).getUint32(5, true));
    const source = reader(input, 13);
    const { bit } = source;
    const literal = literals(source, settings % 9);
    const distance = distances(source);
    const [length, lengthAgain] = [lengths(source), lengths(source)];
    const isMatch = guesses(192);
    const isAgain = guesses(12);
    const which = [guesses(12), guesses(12), guesses(12)];
    const isLong = guesses(192);
    let state = 0;
    let last = [0, 0, 0, 0];
    for (let at = 0; at < output.length; ) {
      const place = at & places;
      const context = (state << 4) + place;
      if (!bit(isMatch, context)) {
        output[at] = literal(at ? output[at - 1] : 0, state < 7 ? -1 : output[at - last[0] - 1]);
        at++;
        state = state < 4 ? 0 : state - (state < 10 ? 3 : 6);
        continue;
      }
      let count = 1;
      if (!bit(isAgain, state)) {
        count = length(place);
        last = [distance(count), ...last.slice(0, 3)];
        state = state < 7 ? 7 : 10;
      } else {
        const from = bit(which[0], state) && 1 + (bit(which[1], state) && 1 + bit(which[2], state));
        const isOne = !from && !bit(isLong, context);
        last.unshift(...last.splice(from, 1));
        if (!isOne) count = lengthAgain(place);
        state = state < 7 ? (isOne ? 9 : 8) : 11;
      }
      for (const end = Math.min(at + count, output.length); at < end; at++) output[at] = output[at - last[0] - 1];
    }
    return output;
  };
})();
