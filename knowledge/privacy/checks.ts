/** The citizen service number: nine digits (a leading zero is often left out) that pass the test of eleven. */
export function isBsn(digits: string): boolean {
  const whole = digits.padStart(9, '0');
  if (digits.length < 8 || whole.length !== 9 || /^0+$/.test(whole)) return false;
  const sum = [...whole].reduce((total, digit, index) => total + Number(digit) * (index === 8 ? -1 : 9 - index), 0);
  return sum % 11 === 0;
}

/** An account number by the check of ISO 13616: letters as numbers, the first four characters at the end, 1 over by 97. */
export function isIban(plain: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(plain)) return false;
  let rest = 0;
  for (const character of `${plain.slice(4)}${plain.slice(0, 4)}`) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
