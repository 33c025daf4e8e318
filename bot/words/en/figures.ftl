### How figures are written.

figure-decimal = .
figure-thousands = ,
figure-percent = { $number }%
