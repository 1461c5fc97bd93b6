// A zone nobody here lives in: code that takes the computer's zone for the office's shows at once.
process.env.TZ = 'Pacific/Auckland';
