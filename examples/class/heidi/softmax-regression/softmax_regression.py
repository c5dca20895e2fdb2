def softmax(x):
  return x
 	bad
