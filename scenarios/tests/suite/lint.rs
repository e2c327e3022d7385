use tekigo as _;
