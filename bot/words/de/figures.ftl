### Wie Zahlen geschrieben werden.

figure-decimal = ,
figure-thousands = .
# Ein geschütztes Leerzeichen, damit die Zahl nicht von ihrem Zeichen getrennt wird.
figure-percent = { $number }{"\u00A0"}%
