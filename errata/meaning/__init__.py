"""What a formula means: typed terms, made of trees, and the known results they are held against."""
